package stops.ev;

/**
 * A value as cameras and lenses are marked, and the power of 2 that it means.
 *
 * @param label the mark: {@code 1/125}, {@code 5.6}, {@code 400}
 * @param labelled the number that the mark says: 0.008
 * @param meant the number that it means: 2^−7
 */
record MarkedValue(String label, double labelled, Power meant) {

  static MarkedValue of(String label, Power meant) {
    int slash = label.indexOf('/');
    double labelled =
        slash < 0
            ? Double.parseDouble(label)
            : Double.parseDouble(label.substring(0, slash))
                / Double.parseDouble(label.substring(slash + 1));
    return new MarkedValue(label, labelled, meant);
  }
}
