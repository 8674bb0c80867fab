package stops.cli.batch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a job.
 *
 * @param status the exit status that the command alone would have had
 * @param text what was done, or why not, on one line
 * @param report the report as JSON; null if there is none
 */
public record JobOutcome(int status, String text, @Nullable Map<String, Object> report) {}
