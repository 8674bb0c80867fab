@NullMarked
package stops.bench;

import org.jspecify.annotations.NullMarked;
