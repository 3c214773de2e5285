#ifndef CEDITLINE_TERMINAL_H
#define CEDITLINE_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/// Makes the characters of the environment's locale known to the C library; UTF-8 if that has another or none.
void ceditline_set_locale(void);

/// How many columns libedit gives a character; those that it writes as a code, such as ^A, included. Not for tab and
/// newline.
int ceditline_width(uint32_t character);

/// Remembers the modes of standard input for `ceditline_restore_terminal`, and restores them when the process
/// crashes. Returns false if it is no terminal.
bool ceditline_remember_terminal(void);

/// Notes a file whose bytes, from a place on, are for the terminal: a crash shows them. -1 is none.
void ceditline_note_held(int descriptor, long start);

/// Gives the terminal the modes that were remembered, if they were; safe on any thread and in a signal handler.
void ceditline_restore_terminal(void);

/// Whether the terminal turns Ctrl-C, Ctrl-Z and Ctrl-\ into signals, and holds the output at Ctrl-S, if it did so
/// when it was remembered; otherwise they are keys.
void ceditline_set_signals(bool on);

/// Has reads and writes on standard input and output wait, whatever a program has left behind: libedit drops what the
/// terminal does not take at once.
void ceditline_set_blocking(void);

/// The characters of Ctrl-C and Ctrl-Z, as the terminal was found; 0 if there is none.
void ceditline_signal_characters(uint32_t *interrupt, uint32_t *suspend);

/// The size of the terminal on standard output; false if it does not tell.
bool ceditline_terminal_size(int *rows, int *columns);

#endif
