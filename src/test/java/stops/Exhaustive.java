package stops;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/**
 * A test that takes minutes, on a busy machine hours: it runs with {@code -Pexhaustive} only, and
 * there on a sample with {@code -Dstops.every=16}.
 */
@Tag("exhaustive")
@Timeout(value = 12, unit = TimeUnit.HOURS)
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Exhaustive {}
