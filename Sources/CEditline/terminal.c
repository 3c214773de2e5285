#include "CEditlineTerminal.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

void ceditline_set_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

// The same as libedit's ct_visual_width.
int ceditline_width(uint32_t character) {
  wint_t c = (wint_t)character;
  if (c < 0x100 && iswcntrl(c)) return 2;
  if (!iswprint(c)) return c > 0xffff ? 8 : 7;
  int width = wcwidth((wchar_t)c);
  return width < 0 ? 0 : width;
}

static struct termios remembered;
static atomic_bool is_remembered;

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
static struct sigaction before[sizeof crashes / sizeof *crashes];

static atomic_int held = -1;
static atomic_long held_start;

void ceditline_note_held(int descriptor, long start) {
  atomic_store(&held_start, start);
  atomic_store(&held, descriptor);
}

// Only what may be called wherever the crash has come.
static void show_held(void) {
  int descriptor = atomic_load(&held);
  off_t start = atomic_load(&held_start);
  char bytes[4096];
  ssize_t count;
  while (descriptor >= 0 && (count = pread(descriptor, bytes, sizeof bytes, start)) > 0) {
    start += count;
    for (ssize_t done = 0, size; done < count; done += size)
      if ((size = write(STDOUT_FILENO, bytes + done, count - done)) <= 0) return;
  }
}

// Restores the terminal, then lets the crash take its course.
static void crashed(int number) {
  static const char marks_off[] = "\033[?2004l\r\n";
  if (write(STDOUT_FILENO, marks_off, sizeof marks_off - 1) < 0) { /* nobody to tell */ }
  ceditline_restore_terminal();
  show_held();
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
    if (crashes[i] == number) sigaction(number, &before[i], NULL);
  raise(number);
  // A handler that was there before, such as Swift's, which prints a trace, relies on the fault to come again.
  signal(number, SIG_DFL);
  raise(number);
}

bool ceditline_remember_terminal(void) {
  if (tcgetattr(STDIN_FILENO, &remembered) != 0) return false;
  if (atomic_exchange(&is_remembered, true)) return true;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = crashed;
  // Not on the signal stack of a Swift runtime that prints a trace: that handler is called next.
  action.sa_flags = SA_NODEFER;
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
    sigaction(crashes[i], &action, &before[i]);
  return true;
}

void ceditline_restore_terminal(void) {
  if (!atomic_load(&is_remembered)) return;
  // A process of another group that sets modes is stopped, unless it blocks or ignores this.
  sigset_t set, old;
  sigemptyset(&set);
  sigaddset(&set, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &set, &old);
  // Not once everything is written: nobody may be reading any more.
  tcsetattr(STDIN_FILENO, TCSANOW, &remembered);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void ceditline_set_signals(bool on) {
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) != 0) return;
  modes.c_lflag = on ? modes.c_lflag | ISIG : modes.c_lflag & ~(tcflag_t)ISIG;
  modes.c_iflag &= ~(tcflag_t)IXON;
  if (on && is_remembered) modes.c_iflag |= remembered.c_iflag & IXON;
  tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

void ceditline_set_blocking(void) {
  for (int descriptor = STDIN_FILENO; descriptor <= STDOUT_FILENO; descriptor++) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags >= 0 && flags & O_NONBLOCK) fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
  }
}

void ceditline_signal_characters(uint32_t *interrupt, uint32_t *suspend) {
  *interrupt = is_remembered ? remembered.c_cc[VINTR] : 3;
  *suspend = is_remembered ? remembered.c_cc[VSUSP] : 26;
}

bool ceditline_terminal_size(int *rows, int *columns) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return false;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return true;
}
