/**
 * Text that others wrote, such as names and attributes in files, made safe for a line that is shown
 * to people.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.text;

import org.jspecify.annotations.NullMarked;
