#include "jobcontrol.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

// Blocked in this thread, SIGTTOU neither stops the process nor makes the call fail.
int cplatform_set_foreground(int terminal, pid_t group) {
  sigset_t blocked, former;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &blocked, &former);
  int result = tcsetpgrp(terminal, group);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  errno = error;
  return result;
}

int cplatform_wait_stop(pid_t process) {
  siginfo_t info;
  while (waitid(P_PID, (id_t)process, &info, WEXITED | WSTOPPED | WNOWAIT) != 0) {
    if (errno != EINTR) return -1;
  }
  if (info.si_code != CLD_STOPPED && info.si_code != CLD_TRAPPED) return 0;
  waitid(P_PID, (id_t)process, &info, WSTOPPED | WNOHANG);
  return 1;
}

// All threads have SIGTSTP blocked, and one may be waiting for it (below). So the group is told while
// it stays blocked here too, and then this thread stops the process by a signal of its own. What is
// still pending when the process is continued, SIGCONT takes away.
void cplatform_stop_self(void) {
  sigset_t stop, former;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_BLOCK, &stop, &former);
  kill(0, SIGTSTP);
  pthread_kill(pthread_self(), SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
  pthread_sigmask(SIG_SETMASK, &former, NULL);
}

// Looking who has the terminal and then stopping leaves a gap in which `fg` comes, and its SIGCONT is lost.
// tcdrain does nothing to the terminal, but the kernel stops whoever calls it from the background, and asks
// again when the process is continued.
// To who ignores SIGTTOU or has it blocked it is allowed.
int cplatform_await_foreground(int terminal) {
  struct sigaction stops = {.sa_handler = SIG_DFL}, former_action;
  sigset_t stop, former;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTTOU);
  sigaction(SIGTTOU, &stops, &former_action);
  pthread_sigmask(SIG_UNBLOCK, &stop, &former);
  int result;
  do result = tcdrain(terminal);
  while (result != 0 && errno == EINTR);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  sigaction(SIGTTOU, &former_action, NULL);
  errno = error;
  return result;
}

int cplatform_wait_signal(const sigset_t *signals) {
  siginfo_t info;
  int number = sigwaitinfo(signals, &info);
  return number == SIGTSTP && info.si_code == SI_USER && info.si_pid == getpid() ? 0 : number;
}
