@NullMarked
package stops.match;

import org.jspecify.annotations.NullMarked;
