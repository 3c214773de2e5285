#ifndef CPLATFORM_SPAWNING_H
#define CPLATFORM_SPAWNING_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/// A program to be started.
struct cplatform_program {
  /// The program's file; it is not looked for.
  const char *path;
  char *const *arguments;
  char *const *environment;
  /// Where it starts, before `path` is looked at; NULL is the current directory.
  const char *directory;
  /// What its streams 0 to 2 are copies of, each 3 or more; -1 is the same as this process's.
  int streams[3];
  /// Whether it leads a process group of its own.
  bool leads_group;
  /// Whether this group gets the terminal that is its standard input.
  bool takes_terminal;
  /// Whether it gets SIGKILL when the thread that starts it ends, and so when this process does.
  bool dies_with_thread;
  /// Gets the program's process id before the program runs; NULL is nowhere.
  int *record;
  /// The signals that are not ignored in it, though they are here.
  sigset_t defaults;
};

/// Starts a program with an empty signal mask, and returns when it runs.
///
/// Returns an error number, 0 if there was none; what `exec` and the rest of the preparations said counts.
int cplatform_spawn(const struct cplatform_program *program, pid_t *process);

/// Memory for numbers that this process shares with a guardian, all 0. NULL on an error.
int *cplatform_shared_numbers(int count);

/// Starts a process that waits for the end of this one, however that comes about, and then kills the process groups
/// whose numbers are in `groups`.
///
/// It notices by `alive`, the read end of a pipe whose write end nobody but this process has. It is no child of this
/// process, is in a session of its own, and heeds no signal that can be blocked. Returns -1 and errno on an error.
int cplatform_start_guardian(const int *groups, int count, int alive);

#endif
