#include "processes.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int cplatform_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cplatform_set_pipe_capacity(int pipe, int bytes) { return fcntl(pipe, F_SETPIPE_SZ, bytes); }

int cplatform_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// Not glibc's pidfd_open: that came with 2.36, the system call is older. The kernel sets
// close-on-exec.
int cplatform_pidfd_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int cplatform_open(const char *path, int flags) { return open(path, flags | O_CLOEXEC); }

int cplatform_duplicate_from(int descriptor, int least) {
  return fcntl(descriptor, F_DUPFD_CLOEXEC, least);
}

int cplatform_open_unnamed(const char *directory) {
  return open(directory, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
}

int cplatform_open_unique(char *path) { return mkostemp(path, O_CLOEXEC); }

int cplatform_punch_hole(int descriptor, off_t offset, off_t length) {
  return fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

char **cplatform_environment(void) { return environ; }

int cplatform_reap(pid_t process, bool keep, struct cplatform_exit *how) {
  siginfo_t info;
  info.si_pid = 0;
  int options = WEXITED | WNOHANG | (keep ? WNOWAIT : 0);
  if (waitid(P_PID, (id_t)process, &info, options) != 0) return -1;
  if (info.si_pid == 0) return 0;
  how->signalled = info.si_code != CLD_EXITED;
  how->number = info.si_status;
  return 1;
}

int cplatform_wait(pid_t process) {
  siginfo_t info;
  return waitid(P_PID, (id_t)process, &info, WEXITED);
}

const char *cplatform_signal_name(int number) { return sigabbrev_np(number); }

static int replace_disposition(int number, void (*from)(int), void (*to)(int)) {
  struct sigaction action;
  if (sigaction(number, NULL, &action) != 0) return -1;
  if ((action.sa_flags & SA_SIGINFO) != 0 || action.sa_handler != from) return 0;
  memset(&action, 0, sizeof action);
  action.sa_handler = to;
  return sigaction(number, &action, NULL);
}

int cplatform_default_if_ignored(int number) {
  return replace_disposition(number, SIG_IGN, SIG_DFL);
}

int cplatform_ignore_if_default(int number) {
  return replace_disposition(number, SIG_DFL, SIG_IGN);
}
