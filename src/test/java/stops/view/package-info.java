@NullMarked
package stops.view;

import org.jspecify.annotations.NullMarked;
