@NullMarked
package stops.engine.pool;

import org.jspecify.annotations.NullMarked;
