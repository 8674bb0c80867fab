/**
 * A page that shows pictures in a browser: tiles of the pictures, and a server for the user alone.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.view;

import org.jspecify.annotations.NullMarked;
