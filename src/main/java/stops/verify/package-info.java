/** The certificate of an engine: what it computes, against the definition. */
@NullMarked
package stops.verify;

import org.jspecify.annotations.NullMarked;
