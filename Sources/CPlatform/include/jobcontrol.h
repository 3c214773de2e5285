#ifndef CPLATFORM_JOBCONTROL_H
#define CPLATFORM_JOBCONTROL_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

// Unless said otherwise: -1 and errno on an error.

/// Puts a process group into the foreground of the terminal; from the background too, without being
/// stopped for it.
int cplatform_set_foreground(int terminal, pid_t group);

/// Sleeps until a child has been stopped or has exited; one that has exited is not reaped.
///
/// Returns 1 if it was stopped, 0 if it has exited.
int cplatform_wait_stop(pid_t process);

/// Stops this process and the rest of its process group as Ctrl-Z does to a program that knows
/// nothing of it, and returns when it is continued.
///
/// Returns at once if nobody could continue it: its process group is orphaned.
void cplatform_stop_self(void);

/// Stops this process, as a program is that touches the terminal from the background, until its process group is in
/// the foreground of the terminal.
///
/// Returns at once if it is, and with an error if nobody could continue it or the terminal is gone.
int cplatform_await_foreground(int terminal);

/// Sleeps until one of these signals comes, which all threads must have blocked, and takes it.
///
/// Returns its number, 0 if it is the SIGTSTP of `cplatform_stop_self`.
int cplatform_wait_signal(const sigset_t *signals);

#endif
