@NullMarked
package stops.wedge;

import org.jspecify.annotations.NullMarked;
