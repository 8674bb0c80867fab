package stops.cli.syntax;

/** A command of the program. Stateless. */
public interface Command {

  /** The command line that it takes. */
  Syntax syntax();

  /** Runs the command, and returns the exit status. */
  int run(Arguments arguments) throws Exception;
}
