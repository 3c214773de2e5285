#include "spawning.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// A sanitizer would keep its books in memory that is still the old process's.
#if defined(__clang__)
#define IN_NEW_PROCESS __attribute__((disable_sanitizer_instrumentation))
#else
#define IN_NEW_PROCESS
#endif

// The C library's `clone` by its other name: Thread Sanitizer replaces the first by one that believes the process to be
// a copy, with threads that are not there.
extern int __clone(int (*)(void *), void *, int, void *, ...);

struct start {
  const struct cplatform_program *program;
  pid_t parent;
  int error;
};

// A handler must not run in the new process: it is on the memory of this one.
IN_NEW_PROCESS static int reset_signals(const sigset_t *defaults) {
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (number == SIGKILL || number == SIGSTOP || sigaction(number, NULL, &action) != 0) continue;
    bool is_handled = (action.sa_flags & SA_SIGINFO) != 0
                      || (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN);
    bool is_ignored = !is_handled && action.sa_handler == SIG_IGN;
    if (!is_handled && !(is_ignored && sigismember(defaults, number) == 1)) continue;
    action = (struct sigaction){.sa_handler = SIG_DFL};
    if (sigaction(number, &action, NULL) != 0) return -1;
  }
  return 0;
}

// What the terminal has sent to the group of the old process while the new one was still in it. A Ctrl-Z would stop this
// one before its program runs, and the thread that waits for that with it; a Ctrl-C is not for a group of its own.
IN_NEW_PROCESS static void drop_terminal_signals(bool leads_group) {
  sigset_t terminal;
  sigemptyset(&terminal);
  sigaddset(&terminal, SIGTSTP);
  if (leads_group) {
    sigaddset(&terminal, SIGINT);
    sigaddset(&terminal, SIGQUIT);
  }
  struct timespec now = {0};
  while (sigtimedwait(&terminal, NULL, &now) > 0) {}
}

IN_NEW_PROCESS static int prepare(const struct start *start) {
  const struct cplatform_program *program = start->program;
  if (reset_signals(&program->defaults) != 0) return -1;
  if (program->leads_group && setpgid(0, 0) != 0) return -1;
  drop_terminal_signals(program->leads_group);
  if (program->record != NULL) __atomic_store_n(program->record, getpid(), __ATOMIC_SEQ_CST);
  if (program->dies_with_thread) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
    // It may have ended before it could be told of.
    if (getppid() != start->parent) _exit(127);
  }
  for (int number = 0; number < 3; number++) {
    int stream = program->streams[number];
    if (stream >= 0 && dup2(stream, number) < 0) return -1;
  }
  // All signals are blocked, so SIGTTOU does not stop it.
  if (program->takes_terminal && tcsetpgrp(STDIN_FILENO, getpgrp()) != 0) return -1;
  if (program->directory != NULL && chdir(program->directory) != 0) return -1;
  sigset_t none;
  sigemptyset(&none);
  return sigprocmask(SIG_SETMASK, &none, NULL);
}

// In the new process, on the memory of the old one, which sleeps until this ends or its program runs.
IN_NEW_PROCESS static int begin(void *argument) {
  struct start *start = argument;
  const struct cplatform_program *program = start->program;
  if (prepare(start) == 0) execve(program->path, program->arguments, program->environment);
  start->error = errno != 0 ? errno : EINVAL;
  _exit(127);
}

// As glibc's posix_spawn does it: the cost does not grow with this process. Unlike that it can tell the kernel that
// the program dies with us, and write down its number before it runs.
int cplatform_spawn(const struct cplatform_program *program, pid_t *process) {
  _Alignas(16) char stack[16 * 1024];
  struct start start = {.program = program, .parent = getpid(), .error = 0};
  sigset_t all, former;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &former);
  pid_t child = __clone(begin, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &start);
  int error = child < 0 ? errno : __atomic_load_n(&start.error, __ATOMIC_SEQ_CST);
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  if (error == 0) {
    *process = child;
    return 0;
  }
  if (child > 0) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
  }
  if (program->record != NULL) __atomic_store_n(program->record, 0, __ATOMIC_SEQ_CST);
  return error;
}

int *cplatform_shared_numbers(int count) {
  void *memory = mmap(
      NULL, (size_t)count * sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

// Nothing of the old process is kept open: whoever waits for the end of its output must not wait for this.
IN_NEW_PROCESS static void close_all_but_first(void) {
  if (syscall(SYS_close_range, 1, ~0U, 0) == 0) return;
  long most = sysconf(_SC_OPEN_MAX);
  for (int descriptor = 1; descriptor < (most > 0 && most < 65536 ? most : 65536); descriptor++) {
    close(descriptor);
  }
}

IN_NEW_PROCESS static void guard(const int *groups, int count, int alive) {
  setsid();
  prctl(PR_SET_NAME, "poolsh-guardian");
  if (alive != 0) dup2(alive, 0);
  close_all_but_first();
  if (chdir("/") != 0) {}  // a folder that somebody wants to unmount
  char byte;
  while (read(0, &byte, 1) != 0) {
    if (errno != EINTR) break;
  }
  for (int index = 0; index < count; index++) {
    int group = __atomic_load_n(&groups[index], __ATOMIC_SEQ_CST);
    if (group > 1) kill(-group, SIGKILL);
  }
  _exit(0);
}

struct guardian {
  const int *groups;
  int count, alive;
};

// The bare system call and not `fork`: other threads may hold any lock, and no handler of anybody's is to run.
IN_NEW_PROCESS static int fork_guardian(void *argument) {
  const struct guardian *guardian = argument;
  long process = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (process == 0) guard(guardian->groups, guardian->count, guardian->alive);
  _exit(process < 0 ? 1 : 0);
}

// By way of a process that ends at once, so that it is nobody's child. That one is on our memory: only one copy of it
// is made.
int cplatform_start_guardian(const int *groups, int count, int alive) {
  _Alignas(16) char stack[16 * 1024];
  struct guardian guardian = {groups, count, alive};
  sigset_t all, former;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &former);
  pid_t middle =
      clone(fork_guardian, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &guardian);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  if (middle < 0) {
    errno = error;
    return -1;
  }
  int status = 0;
  while (waitpid(middle, &status, 0) < 0 && errno == EINTR) {}
  if (status == 0) return 0;
  errno = EAGAIN;
  return -1;
}
