/** Works on all devices at once, for long, under attack, and watches what the process takes. */
@NullMarked
package stops.soak;

import org.jspecify.annotations.NullMarked;
