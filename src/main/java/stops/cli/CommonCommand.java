package stops.cli;

import java.util.concurrent.Callable;

/** A command with the common options. Its call returns the exit status. */
interface CommonCommand extends Callable<Integer> {
  CommonOptions common();
}
