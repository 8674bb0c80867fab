/** Tests of curves over frames. */
@NullMarked
package stops.tween;

import org.jspecify.annotations.NullMarked;
