package stops.cli;

/** The texts of {@code stops --help} and {@code stops --version}. */
final class Help {
  private Help() {}

  static String text() {
    return """
    Stops converts between linear light intensity and exposure in stops:
    exposure = log2(intensity), intensity = 2^exposure.

    stops exposure X...                  the exposure, in stops, of each intensity
    stops intensity X...                 the intensity of each exposure
    stops convert IN OUT --to DOMAIN     convert an HDR file, or a sequence, to exposure or intensity
    stops info FILE                      what an HDR file says of itself, and what its samples are like
    stops devices                        the OpenCL devices, and which one would be used
    stops verify                         compare every engine with the definition
    stops bench                          what each device can do, against its own limit
    stops COMMAND --help                 a command's options
    stops --version                      the version

    Exit status: 0 done, 1 the data said no, 2 wrong usage, 3 input, 4 output,
    5 a required device is absent.
    """;
  }

  static String version() {
    String version = Help.class.getPackage().getImplementationVersion();
    return "stops " + (version == null ? "(not packaged)" : version);
  }
}
