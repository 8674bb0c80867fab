package stops.cli;

/** A command of the program. Stateless. */
interface Command {

  /** The command line that it takes. */
  Syntax syntax();

  /** Runs the command, and returns the exit status. */
  int run(Arguments arguments) throws Exception;
}
