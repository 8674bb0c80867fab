/**
 * The user's private folder for results that take long to find out again. Its files are checked
 * when they are read. Nothing fails where there is no such folder.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cache;

import org.jspecify.annotations.NullMarked;
