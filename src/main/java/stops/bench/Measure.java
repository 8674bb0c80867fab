package stops.bench;

/** The kinds of measurements, one of which each row of a benchmark has. */
public enum Measure {
  HOST_COPY("host copy", "plain copy in the host's memory, all cores"),
  HOST_TO_HOST("convert, host to host", "samples in the host's memory to results there"),
  UPLOAD("upload", "pinned host memory to the device"),
  DOWNLOAD("download", "the device to pinned host memory"),
  BOTH_WAYS("upload + download", "an upload and a download at the same time"),
  DEVICE_COPY("copy on device", "one buffer of the device to another"),
  KERNEL("kernel", "the conversion alone, samples on the device"),
  BUILTIN("built-in", "the device's own log2 or exp2, one sample a work-item, results not checked"),
  COMPILE_COLD("compile, cold", "a kernel from its source to its first results"),
  COMPILE_CACHED("compile, cached", "the same from the kept binary"),
  FIRST_RESULT("first result", "a new engine to its first results, self-test included"),
  SWEEP("convert", "host to host, by size"),
  FILE_COPY("file copy", "reading and writing the same file as it is"),
  FILE("file", "reading, converting and writing a file");

  private final String text;
  private final String explanation;

  Measure(String text, String explanation) {
    this.text = text;
    this.explanation = explanation;
  }

  /** An explanation for people, on one line. */
  String explanation() {
    return explanation;
  }

  /** The name that people read. */
  @Override
  public String toString() {
    return text;
  }
}
