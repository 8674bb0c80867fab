package stops.opencl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The code of the kernel as a compiler printed it: its instructions, blocks and loops. */
final class KernelCode {
  /** The three kinds of code. */
  enum Maker {
    AMD,
    NVIDIA,
    INTEL
  }

  private static final Pattern AMD_LABEL = Pattern.compile("(\\.LBB\\d+_\\d+):.*");
  private static final Pattern NVIDIA_LABEL = Pattern.compile("(\\$L__BB\\d+_\\d+):.*");
  private static final Pattern INTEL_BLOCK = Pattern.compile("// (B\\d+):.*Succs:\\{(.*)\\}.*");
  private static final Pattern TARGET = Pattern.compile("(\\.LBB\\d+_\\d+|\\$L__BB\\d+_\\d+)");

  /** What only waits or hints. */
  private static final Pattern NOT_COUNTED =
      Pattern.compile("(s_waitcnt|s_nop|s_clause|s_delay_alu|sync\\.|nop).*");

  private static final Pattern DOUBLE = Pattern.compile("_f64|\\.f64|:df\\b");
  private static final Pattern PTX_REGISTER = Pattern.compile("%(rd|rs|r|fd|f|p)\\d+");

  private static final class Block {
    final String label;
    final List<String> instructions = new ArrayList<>();
    final List<String> targets = new ArrayList<>();
    final Set<Integer> next = new TreeSet<>();
    boolean falls = true;

    Block(String label) {
      this.label = label;
    }
  }

  private final Maker maker;
  private final List<Block> blocks = new ArrayList<>();

  KernelCode(Maker maker, List<String> lines) {
    this.maker = maker;
    switch (maker) {
      case AMD -> parse(lines, "convert:", ".Lfunc_end0:", AMD_LABEL);
      case NVIDIA -> parse(lines, ".entry convert(", "}", NVIDIA_LABEL);
      case INTEL -> parseIntel(lines);
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      numbers.put(blocks.get(i).label, i);
    }
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      for (String target : block.targets) {
        Integer number = numbers.get(target);
        if (number == null) {
          throw new IllegalStateException("no block " + target);
        }
        block.next.add(number);
      }
      if (maker != Maker.INTEL && block.falls && i + 1 < blocks.size()) {
        block.next.add(i + 1);
      }
    }
    // What nothing leads to, such as the empty block behind a jump, leads nowhere.
    Set<Integer> reached = new HashSet<>(Set.of(0));
    Deque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (int next : blocks.get(open.pop()).next) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    for (int i = 0; i < blocks.size(); i++) {
      if (!reached.contains(i)) {
        blocks.get(i).next.clear();
      }
    }
  }

  private void parse(List<String> lines, String first, String last, Pattern label) {
    boolean inside = false;
    Block block = new Block("");
    for (String line : lines) {
      if (!inside) {
        inside = line.strip().startsWith(first);
        continue;
      }
      if (line.startsWith(last)) {
        break;
      }
      Matcher matcher = label.matcher(line);
      if (matcher.matches()) {
        blocks.add(block);
        block = new Block(matcher.group(1));
        continue;
      }
      String text = line.replaceFirst(maker == Maker.AMD ? ";.*" : "//.*", "").strip();
      if (!isInstruction(text)) {
        continue;
      }
      block.instructions.add(text);
      boolean jump = text.startsWith("s_branch") || text.startsWith("bra");
      boolean branch = text.startsWith("s_cbranch") || text.matches("@.*\\sbra\\b.*");
      boolean end = text.startsWith("s_endpgm") || text.startsWith("ret;");
      if (jump || branch) {
        Matcher target = TARGET.matcher(text);
        if (!target.find()) {
          throw new IllegalStateException("a jump without a label: " + text);
        }
        block.targets.add(target.group(1));
      }
      if (jump || branch || end) {
        block.falls = branch;
        blocks.add(block);
        block = new Block("after " + blocks.size());
      }
    }
    blocks.add(block);
  }

  private boolean isInstruction(String text) {
    return switch (maker) {
      case AMD -> !text.isEmpty() && !text.startsWith(".") && !text.endsWith(":");
      case NVIDIA -> text.endsWith(";") && !text.startsWith(".");
      case INTEL -> !text.isEmpty() && !text.matches("\\S+:");
    };
  }

  private void parseIntel(List<String> lines) {
    Block block = new Block("");
    for (String line : lines) {
      Matcher matcher = INTEL_BLOCK.matcher(line);
      if (matcher.matches()) {
        block = new Block(matcher.group(1));
        blocks.add(block);
        for (String target : matcher.group(2).split(", *", -1)) {
          if (!target.isEmpty()) {
            block.targets.add(target);
          }
        }
      } else if (!line.startsWith("//") && isInstruction(line.strip())) {
        block.instructions.add(line.strip());
      }
    }
  }

  /** Whether any instruction is on doubles. */
  boolean hasDoubles() {
    return blocks.stream()
        .flatMap(block -> block.instructions.stream())
        .anyMatch(text -> DOUBLE.matcher(text).find());
  }

  /**
   * The loop over vectors.
   *
   * @param instructions how many of them convert a vector. Both sides of a branch count, since a
   *     card's work-items go both ways. A loop in the loop is one over the lanes.
   * @param scratch instructions in it, or on the way to it, that read or write scratch memory
   */
  record Hot(long instructions, int scratch) {}

  /** Finds the loop over vectors: of those that read and write samples, the longest. */
  Hot hot(int lanes) {
    Set<Integer> all = new TreeSet<>();
    for (int i = 0; i < blocks.size(); i++) {
      all.add(i);
    }
    Hot longest = new Hot(0, 0);
    for (Set<Integer> loop : loops(all, Set.of())) {
      if (has(loop, "load") && has(loop, "store")) {
        int scratch = 0;
        for (int i : leadingTo(loop)) {
          List<String> instructions = blocks.get(i).instructions;
          if (instructions.stream().anyMatch(this::isCall)) {
            throw new IllegalStateException("the loop over vectors calls a function");
          }
          scratch += (int) instructions.stream().filter(this::isScratch).count();
        }
        Hot hot = new Hot(instructions(loop, 1, lanes), scratch);
        longest = hot.instructions > longest.instructions ? hot : longest;
      }
    }
    if (longest.instructions == 0) {
      throw new IllegalStateException("no loop over vectors");
    }
    return longest;
  }

  private Set<Integer> leadingTo(Set<Integer> loop) {
    Set<Integer> leading = new TreeSet<>(loop);
    boolean grows = true;
    while (grows) {
      grows = false;
      for (int i = 0; i < blocks.size(); i++) {
        grows |= blocks.get(i).next.stream().anyMatch(leading::contains) && leading.add(i);
      }
    }
    return leading;
  }

  private boolean has(Set<Integer> loop, String what) {
    return loop.stream()
        .flatMap(i -> blocks.get(i).instructions.stream())
        .anyMatch(text ->
            switch (maker) {
              case AMD -> text.matches("(global|flat)_" + what + "_.*");
              case NVIDIA -> text.startsWith(what.equals("load") ? "ld.global" : "st.global");
              case INTEL ->
                  text.contains("send") && text.contains(what.equals("load") ? "read" : "writ");
            });
  }

  private boolean isCall(String text) {
    return text.startsWith(maker == Maker.AMD ? "s_swappc" : "call");
  }

  private boolean isScratch(String text) {
    return switch (maker) {
      case AMD -> text.startsWith("scratch_") || text.startsWith("buffer_");
      case NVIDIA -> text.matches("(ld|st)\\.local.*");
      case INTEL -> text.contains("send") && text.contains("scratch");
    };
  }

  private long instructions(Set<Integer> loop, long times, int lanes) {
    Set<Integer> headers = new HashSet<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (!loop.contains(i)) {
        for (int next : blocks.get(i).next) {
          if (loop.contains(next)) {
            headers.add(next);
          }
        }
      }
    }
    Set<Integer> rest = new TreeSet<>(loop);
    long sum = 0;
    for (Set<Integer> inner : loops(loop, headers)) {
      rest.removeAll(inner);
      sum += instructions(inner, times * lanes, lanes);
    }
    for (int i : rest) {
      sum +=
          times
              * blocks.get(i).instructions.stream()
                  .filter(
                      text -> !NOT_COUNTED.matcher(text.replaceFirst("^\\(.*?\\) *", "")).matches())
                  .count();
    }
    return sum;
  }

  /** The outermost loops among {@code nodes}, without the edges to {@code headers}. */
  private List<Set<Integer>> loops(Set<Integer> nodes, Set<Integer> headers) {
    List<Set<Integer>> reach = new ArrayList<>();
    for (int node = 0; node < blocks.size(); node++) {
      Set<Integer> seen = new HashSet<>();
      Deque<Integer> open = new ArrayDeque<>();
      if (nodes.contains(node)) {
        open.push(node);
      }
      while (!open.isEmpty()) {
        for (int next : blocks.get(open.pop()).next) {
          if (nodes.contains(next) && !headers.contains(next) && seen.add(next)) {
            open.push(next);
          }
        }
      }
      reach.add(seen);
    }
    List<Set<Integer>> loops = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    for (int node : nodes) {
      if (reach.get(node).contains(node) && !done.contains(node)) {
        Set<Integer> loop = new TreeSet<>(reach.get(node));
        loop.removeIf(other -> !reach.get(other).contains(node));
        done.addAll(loop);
        loops.add(loop);
      }
    }
    return loops;
  }

  /**
   * The most registers of 32 bits that hold values at once, of NVIDIA's intermediate code, which
   * has a register for each value. The card's own compiler may need more, or fewer.
   */
  int liveRegisters() {
    Map<String, Integer> numbers = new HashMap<>();
    List<Integer> sizes = new ArrayList<>();
    List<BitSet> before = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      before.add(new BitSet());
    }
    int most = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = blocks.size() - 1; i >= 0; i--) {
        Block block = blocks.get(i);
        BitSet live = new BitSet();
        block.next.forEach(next -> live.or(before.get(next)));
        for (String text : block.instructions.reversed()) {
          // What is written: the first operand, or all in its braces.
          String operands = text.replaceFirst("^@!?\\S+\\s+", "").replaceFirst("^\\S+\\s*", "");
          boolean writes = !text.matches("(@\\S+\\s+)?(st|red|bra|ret|bar|exit)\\b.*");
          int end =
              !writes
                  ? 0
                  : operands.startsWith("{")
                      ? operands.indexOf('}')
                      : Math.max(operands.indexOf(','), 0);
          // A predicated instruction may leave its target as it was.
          mark(live, operands.substring(0, end), text.startsWith("@"), numbers, sizes);
          mark(live, operands.substring(end), true, numbers, sizes);
          if (text.startsWith("@")) {
            mark(live, text.replaceFirst("\\s.*", ""), true, numbers, sizes);
          }
          most = Math.max(most, live.stream().map(sizes::get).sum());
        }
        if (!live.equals(before.get(i))) {
          before.set(i, live);
          changed = true;
        }
      }
    }
    return most;
  }

  private static void mark(
      BitSet live,
      String operands,
      boolean value,
      Map<String, Integer> numbers,
      List<Integer> sizes) {
    Matcher matcher = PTX_REGISTER.matcher(operands);
    while (matcher.find()) {
      int number = numbers.computeIfAbsent(matcher.group(), name -> numbers.size());
      if (number == sizes.size()) {
        String kind = matcher.group(1);
        sizes.add(kind.equals("p") ? 0 : kind.endsWith("d") ? 2 : 1);
      }
      live.set(number, value);
    }
  }
}
