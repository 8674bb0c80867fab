package stops.wedge;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a sheet says of itself.
 *
 * @param title first line: the picture
 * @param subtitle second line: how it is shown
 * @param source the file that is shown
 * @param command the command that makes the sheet
 * @param software the program and its version
 * @param display how codes show light
 * @param labelled whether pictures have their exposure below them
 */
public record Captions(
    String title,
    String subtitle,
    String source,
    String command,
    String software,
    String display,
    boolean labelled) {

  /** The texts that a file has beside its pixels. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("Title", title);
    texts.put("Description", subtitle);
    texts.put("Source", source);
    texts.put("Software", software);
    texts.put("Command", command);
    texts.put("Display transform", display);
    return texts;
  }
}
