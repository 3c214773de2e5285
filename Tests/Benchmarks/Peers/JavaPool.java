// Java's ThreadPoolExecutor: java JavaPool MEASURE key=value...
// The first repetition is what a fresh JVM does; later ones are warmed up.

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.HashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

public final class JavaPool {
  static final Map<String, Integer> numbers = new HashMap<>();

  /** The number called so; without one the process ends. */
  static int number(String key) {
    if (!numbers.containsKey(key)) fail(64, key + "= is missing");
    return numbers.get(key);
  }

  public static void main(String[] words) throws Exception {
    for (int i = 1; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      numbers.put(parts[0], Integer.valueOf(parts[1]));
    }
    Callable<String> measure = measure(words.length > 0 ? words[0] : "");
    for (int i = 0; i < numbers.getOrDefault("repetitions", 1); i++) {
      System.out.println(measure.call());
    }
    System.exit(0);
  }

  static Callable<String> measure(String name) {
    switch (name) {
      case "submit": return () -> submit(number("workers"), number("producers"), number("n"));
      case "round-trip": return () -> roundTrip(number("workers"), number("n"));
      case "idle": return () -> idle(number("workers"), number("seconds"));
      case "map": return () -> map(number("workers"), number("n"));
      case "as-completed": return () -> asCompleted(number("workers"), number("n"));
      case "cancel": return () -> cancel(number("n"));
      case "memory": return () -> memory(number("n"));
      case "sleep": return () -> sleep(number("workers"), number("n"), number("milliseconds"));
      case "threads": return () -> threads(number("workers"));
      default: fail(64, "no measure '" + name + "' here"); return null;
    }
  }

  // The measures

  static String submit(int workers, int producers, int n) throws Exception {
    ExecutorService pool = startedPool(workers);
    int size = n / producers;
    List<List<Future<Integer>>> parts = new ArrayList<>();
    for (int k = 0; k < producers; k++) parts.add(new ArrayList<>(size));
    long start = System.nanoTime();
    produce(producers, k -> {
      for (int i = k * size; i < (k + 1) * size; i++) parts.get(k).add(submit(pool, i));
    });
    long total = 0;
    for (List<Future<Integer>> part : parts) {
      for (Future<Integer> future : part) total += future.get();
    }
    long nanoseconds = System.nanoTime() - start;
    Reference.reachabilityFence(parts);
    check(total, sum((long) size * producers));
    end(pool);
    return seconds(nanoseconds);
  }

  static String roundTrip(int workers, int n) throws Exception {
    ExecutorService pool = startedPool(workers);
    long[] trips = new long[n];
    for (int i = 0; i < n; i++) {
      long start = System.nanoTime();
      int result = submit(pool, i).get();
      trips[i] = System.nanoTime() - start;
      check(result, i);
    }
    end(pool);
    Arrays.sort(trips);
    return figure("p50", trips[n / 2] / 1e9) + " " + figure("p99", trips[(int) (n * 99L / 100)] / 1e9);
  }

  static String idle(int workers, int seconds) throws Exception {
    ExecutorService pool = startedPool(workers);
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    Thread.sleep(seconds * 1000L);
    long nanoseconds = system.getProcessCpuTime() - before;
    end(pool);
    return figure("cpu", nanoseconds / 1e9);
  }

  /** With invokeAll: for 8 workers two thirds of the time of single submits (5 pairs), for 2 the same. */
  static String map(int workers, int n) throws Exception {
    ExecutorService pool = startedPool(workers);
    long start = System.nanoTime();
    List<Callable<Integer>> tasks = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      int input = i;
      tasks.add(() -> input + 1);
    }
    List<Future<Integer>> futures = pool.invokeAll(tasks);
    long total = 0;
    for (Future<Integer> future : futures) total += future.get();
    long nanoseconds = System.nanoTime() - start;
    Reference.reachabilityFence(futures);
    check(total, sum(n) + n);
    end(pool);
    return seconds(nanoseconds);
  }

  static String asCompleted(int workers, int n) throws Exception {
    ExecutorService pool = startedPool(workers);
    long start = System.nanoTime();
    ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool);
    for (int i = 0; i < n; i++) {
      int input = i;
      service.submit(() -> input);
    }
    long total = 0;
    for (int i = 0; i < n; i++) total += service.take().get();
    long nanoseconds = System.nanoTime() - start;
    check(total, sum(n));
    end(pool);
    return seconds(nanoseconds);
  }

  static String cancel(int n) throws Exception {
    CyclicBarrier gate = new CyclicBarrier(2);
    ExecutorService pool = blockedPool(gate);
    List<Future<Integer>> futures = submitted(pool, n);
    long start = System.nanoTime();
    int cancelled = 0;
    for (Future<Integer> future : futures) if (future.cancel(false)) cancelled++;
    long nanoseconds = System.nanoTime() - start;
    check(cancelled, n);
    gate.await();
    end(pool);
    return seconds(nanoseconds);
  }

  /** Of the live heap, after a collection: how much is resident is the collector's choice. */
  static String memory(int n) throws Exception {
    CyclicBarrier gate = new CyclicBarrier(2);
    ExecutorService pool = blockedPool(gate);
    long before = liveHeap();
    List<Future<Integer>> futures = submitted(pool, n);
    long growth = liveHeap() - before;
    Reference.reachabilityFence(futures);
    gate.await();
    end(pool);
    return figure("bytes", (double) growth / n);
  }

  static String sleep(int workers, int n, int milliseconds) throws Exception {
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    List<Future<Void>> futures = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      futures.add(pool.submit(() -> { Thread.sleep(milliseconds); return null; }));
    }
    for (Future<Void> future : futures) future.get();
    long nanoseconds = System.nanoTime() - start;
    end(pool);
    return seconds(nanoseconds);
  }

  static String threads(int workers) throws Exception {
    long start = System.nanoTime();
    end(startedPool(workers));
    return seconds(System.nanoTime() - start);
  }

  // What they share

  static Future<Integer> submit(ExecutorService pool, int i) { return pool.submit(() -> i); }

  static List<Future<Integer>> submitted(ExecutorService pool, int n) {
    List<Future<Integer>> futures = new ArrayList<>(n);
    for (int i = 0; i < n; i++) futures.add(submit(pool, i));
    return futures;
  }

  /** A pool all of whose threads have started. */
  static ExecutorService startedPool(int workers) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    CyclicBarrier barrier = new CyclicBarrier(workers);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < workers; i++) futures.add(pool.submit(() -> barrier.await()));
    for (Future<Integer> future : futures) future.get();
    return pool;
  }

  /** A pool whose only worker is held at the gate until somebody else meets it there. */
  static ExecutorService blockedPool(CyclicBarrier gate) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pool.submit(() -> gate.await() + gate.await());
    gate.await();
    return pool;
  }

  static void end(ExecutorService pool) throws InterruptedException {
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.HOURS);
  }

  interface Producer { void produce(int k); }

  /** Runs on so many threads, on this one if it is the only one. */
  static void produce(int producers, Producer body) throws InterruptedException {
    if (producers == 1) {
      body.produce(0);
      return;
    }
    List<Thread> threads = new ArrayList<>();
    for (int k = 0; k < producers; k++) {
      int number = k;
      Thread thread = new Thread(() -> body.produce(number));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) thread.join();
  }

  static long liveHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  static long sum(long n) { return n * (n - 1) / 2; }

  static void check(long result, long expected) {
    if (result != expected) fail(1, "wrong result: " + result + " instead of " + expected);
  }

  static String seconds(long nanoseconds) { return figure("seconds", nanoseconds / 1e9); }

  static String figure(String key, double value) {
    return String.format(Locale.ROOT, "%s=%.9f", key, value);
  }

  static void fail(int status, String message) {
    System.err.println(message);
    System.exit(status);
  }
}
