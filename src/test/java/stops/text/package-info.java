@NullMarked
package stops.text;

import org.jspecify.annotations.NullMarked;
