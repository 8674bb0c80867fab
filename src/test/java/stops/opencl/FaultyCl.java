package stops.opencl;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jocl.NativePointerObject;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.jspecify.annotations.Nullable;
import stops.Await;
import stops.opencl.api.Answer;
import stops.opencl.api.Cl;
import stops.waiting.Deadline;

/**
 * Wraps a real driver. Tests make its calls fail, hang or do something else, and see which objects
 * are live. Thread-safe.
 */
public final class FaultyCl implements InvocationHandler {
  private final Cl real;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Object, String> live = Collections.synchronizedMap(new IdentityHashMap<>());
  private final List<String> wrongUses = new ArrayList<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile Fault fault = (ordinal, call, arguments, proceed) -> proceed.call();

  public FaultyCl(Cl real) {
    this.real = real;
  }

  /** Replaces calls, or adds to them. */
  interface Fault {
    /**
     * Returns the status, or the {@link Answer} for calls that have one.
     *
     * @param ordinal number of calls made before this one since the fault was set
     */
    @Nullable Object call(int ordinal, String call, Object[] arguments, Call proceed)
        throws Throwable;
  }

  /** The real call. */
  interface Call {
    @Nullable Object call() throws Throwable;
  }

  /** This driver as the code under test sees it. */
  public Cl cl() {
    return (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class}, this);
  }

  /** From now on {@code fault} decides what calls do. */
  void set(Fault fault) {
    calls.set(0);
    this.fault = fault;
  }

  /** Fails call {@code at} with {@code status}, and with {@code forEver} all later calls too. */
  public void fail(int at, int status, boolean forEver) {
    set((ordinal, call, arguments, proceed) ->
        ordinal == at || (forEver && ordinal > at)
            ? failure(method(call, arguments), proceed, status)
            : proceed.call());
  }

  private static Method method(String call, Object[] arguments) {
    return Stream.of(Cl.class.getMethods())
        .filter(method ->
            method.getName().equals(call) && method.getParameterCount() == arguments.length)
        .findFirst()
        .orElseThrow();
  }

  /** Hangs in every call named {@code name} until {@link #wake}. An interrupt does not end it. */
  void hang(String name) {
    set((ordinal, call, arguments, proceed) -> {
      if (call.equals(name)) {
        hanging.countDown();
        boolean unused = Deadline.after(Await.LIMIT).await(nanos -> isReleased());
      }
      return proceed.call();
    });
  }

  private boolean isReleased() throws InterruptedException {
    release.await();
    return true;
  }

  /** Waits until a call hangs. */
  void awaitHanging() throws InterruptedException {
    hanging.await();
  }

  /** Whether a call has hung. */
  boolean hangs() {
    return hanging.getCount() == 0;
  }

  /** Ends hanging. */
  void wake() {
    release.countDown();
  }

  /** The number of calls since the fault was set. */
  int calls() {
    return calls.get();
  }

  /** The objects that were created and not released. */
  List<String> live() {
    synchronized (live) {
      return live.values().stream().sorted().toList();
    }
  }

  /** Calls with objects that were released before: drivers crash in these. */
  synchronized List<String> wrongUses() {
    return List.copyOf(wrongUses);
  }

  /** Fails as a driver does. An object is released even if the driver reports a failure. */
  private static @Nullable Object failure(Method method, Call proceed, int status)
      throws Throwable {
    if (method.getName().startsWith("clRelease")) {
      proceed.call();
      return status;
    }
    return method.getReturnType() == Answer.class ? failed(method.getName(), status) : status;
  }

  /** The answer of a failed call, whose value must not be read because it is undefined. */
  private static Answer<?> failed(String call, int status) {
    return Answer.of(
        status,
        () -> {
          throw new AssertionError(call + " failed, and what it left was read");
        });
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    String name = method.getName();
    return fault.call(calls.getAndIncrement(), name, given, () -> real(method, given));
  }

  /** Whether {@code argument} is of a kind that callers create and release. */
  private static boolean isCreated(Object argument) {
    return argument instanceof NativePointerObject
        && !(argument instanceof cl_platform_id || argument instanceof cl_device_id);
  }

  private @Nullable Object real(Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    for (Object argument : arguments) {
      if (isCreated(argument) && !live.containsKey(argument)) {
        synchronized (this) {
          wrongUses.add(name);
        }
        return failure(method, () -> null, -30);
      }
    }
    if (name.startsWith("clRelease")) {
      live.remove(arguments[0]);
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    if (name.startsWith("clCreate") && result instanceof Answer<?> answer && answer.status() == 0) {
      live.put(answer.value(name, "a test"), name);
    }
    return result;
  }
}
