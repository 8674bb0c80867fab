@NullMarked
package stops.ev;

import org.jspecify.annotations.NullMarked;
