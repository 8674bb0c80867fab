package stops.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stops.ev.ExposureSettings;
import stops.match.Match;

/**
 * What {@code stops match} found of one picture.
 *
 * @param file its name
 * @param matches one for luminance, or one for each channel; empty without pixels
 * @param stops the difference that metadata tell, in stops; null if they were not asked
 * @param settings of the picture, as its metadata tell them
 * @param referenceSettings of the reference
 * @param output the adjusted picture that was written; null if none was
 * @param problem why nothing was found; null if something was
 */
record PictureMatch(
    String file,
    List<Match> matches,
    @Nullable Double stops,
    @Nullable String settings,
    @Nullable String referenceSettings,
    @Nullable String output,
    @Nullable String problem) {

  static PictureMatch of(String file, List<Match> matches) {
    return new PictureMatch(file, matches, null, null, null, null, null);
  }

  static PictureMatch of(
      String file, double stops, ExposureSettings settings, ExposureSettings ofReference) {
    return new PictureMatch(
        file, List.of(), stops, settings.toString(), ofReference.toString(), null, null);
  }

  static PictureMatch failed(String file, String problem) {
    return new PictureMatch(file, List.of(), null, null, null, null, problem);
  }

  PictureMatch withOutput(Path written) {
    return new PictureMatch(
        file, matches, stops, settings, referenceSettings, written.toString(), problem);
  }

  /** The stops that a picture is above the reference: one, or one for each channel. */
  List<Double> allStops() {
    return stops != null ? List.of(stops) : matches.stream().map(Match::stops).toList();
  }
}
