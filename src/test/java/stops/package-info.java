@NullMarked
package stops;

import org.jspecify.annotations.NullMarked;
