@NullMarked
package stops.display;

import org.jspecify.annotations.NullMarked;
