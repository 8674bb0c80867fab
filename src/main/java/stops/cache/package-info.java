/**
 * The user's private folder of what is dear to find out again. What is in it is checked when it is
 * read, and nothing fails where there is no such folder.
 *
 * <p>Internal: may change with every version.
 */
@NullMarked
package stops.cache;

import org.jspecify.annotations.NullMarked;
