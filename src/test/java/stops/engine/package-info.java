@NullMarked
package stops.engine;

import org.jspecify.annotations.NullMarked;
