@NullMarked
package stops.drawing;

import org.jspecify.annotations.NullMarked;
