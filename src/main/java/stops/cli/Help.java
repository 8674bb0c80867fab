package stops.cli;

import stops.cli.terminal.Paragraphs;

/** The texts of {@code stops --help} and {@code stops --version}. */
final class Help {
  private static final String[][] COMMANDS = {
    {"exposure X...", "the exposure, in stops, of each intensity"},
    {"intensity X...", "the intensity of each exposure"},
    {"ev SETTINGS", "exposure values of shutter, aperture and ISO, or what one of them must be"},
    {"convert IN... OUT", "convert HDR files, or a sequence, to exposure or intensity"},
    {"adjust IN... OUT", "make HDR files brighter or darker by a number of stops, and undo it"},
    {"tween IN OUT", "brightness that changes evenly in stops over a sequence"},
    {"match REF B...", "by how many stops pictures are above a reference"},
    {"info FILE", "what an HDR file says of itself"},
    {"stats IN...", "range, means, percentiles and histogram of the light of HDR files"},
    {"wedge IN OUT", "a labelled sheet of exposures, false colour, contours"},
    {"view IN...", "show HDR files in the browser, with an exposure slider in stops"},
    {"devices", "the OpenCL devices, and which one would be used"},
    {"verify", "compare every engine with the definition"},
    {"bench", "what each device can do, against its own limit"},
    {"COMMAND --help", "a command's options"},
    {"--version", "the version"},
  };

  private Help() {}

  /** The help text, for a terminal of {@code columns} columns. */
  static String text(int columns) {
    Paragraphs text = new Paragraphs(columns);
    text.add(
        0,
        0,
        "Stops converts between linear light intensity and exposure in stops: "
            + "exposure = log2(intensity), intensity = 2^exposure.");
    text.blank();
    for (String[] command : COMMANDS) {
      text.entry("stops " + command[0], command[1]);
    }
    text.blank();
    text.add(
        0,
        0,
        "Exit status: 0 done, 1 the data said no, 2 wrong usage, 3 input, 4 output, "
            + "5 a required device is absent.");
    return text.toString();
  }

  static String version() {
    String version = Help.class.getPackage().getImplementationVersion();
    return "stops " + (version == null ? "(not packaged)" : version);
  }
}
