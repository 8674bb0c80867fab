package stops.cli;

/** A command of the program. Stateless. */
interface Command {

  /** What it takes on the command line. */
  Syntax syntax();

  /** Does what {@code arguments} ask for, and returns the exit status. */
  int run(Arguments arguments) throws Exception;
}
