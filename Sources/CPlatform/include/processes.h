#ifndef CPLATFORM_PROCESSES_H
#define CPLATFORM_PROCESSES_H

#include <stdbool.h>
#include <sys/types.h>

// Unless said otherwise: -1 and errno on an error, and descriptors that are not inherited by a
// started program.

/// A pipe: what is written to `ends[1]` is read from `ends[0]`.
int cplatform_pipe(int ends[2]);

/// How many bytes a pipe takes until its writer has to wait. Returns -1 if the system allows no more.
int cplatform_set_pipe_capacity(int pipe, int bytes);

/// A counter that never blocks, readable while it is not zero.
int cplatform_eventfd(void);

/// A descriptor that is readable once the process has exited.
int cplatform_pidfd_open(pid_t process);

/// Opens an existing file.
int cplatform_open(const char *path, int flags);

/// A second descriptor for the same open file, numbered `least` or higher.
int cplatform_duplicate_from(int descriptor, int least);

/// An open file for reading and writing that has no name in `directory`, or anywhere.
int cplatform_open_unnamed(const char *directory);

/// Opens a new file for reading and writing; the last six letters of `path` must be XXXXXX and are
/// filled in.
int cplatform_open_unique(char *path);

/// Gives the storage of a range of a file back to the file system; the range then reads as zeros.
int cplatform_punch_hole(int descriptor, off_t offset, off_t length);

/// The environment of this process, as `cplatform_spawn` wants it.
char **cplatform_environment(void);

/// How a child ended.
struct cplatform_exit {
  /// Whether a signal ended it.
  bool signalled;
  /// The signal's number, or the exit status.
  int number;
};

/// Looks whether a child has exited, and reaps it then, unless it is to be kept.
///
/// Does not block. Returns 1 and fills in `how` if the child has exited, 0 if it still runs.
int cplatform_reap(pid_t process, bool keep, struct cplatform_exit *how);

/// Sleeps until a child has exited, and reaps it.
int cplatform_wait(pid_t process);

/// The name of a signal without its SIG ("KILL"), NULL if it has none.
const char *cplatform_signal_name(int number);

/// Gives a signal its default disposition if it is ignored.
int cplatform_default_if_ignored(int number);

/// Ignores a signal if it has its default disposition.
int cplatform_ignore_if_default(int number);

#endif
