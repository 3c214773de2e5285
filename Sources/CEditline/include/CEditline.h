// libedit, as far as LineEditing uses it: its variadic functions with fixed signatures, its callbacks with a context.
// No policy here. Characters are Unicode scalars, as in the C library's wchar_t on this system.
#ifndef CEDITLINE_H
#define CEDITLINE_H

#include "CEditlineTerminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An editor, on the standard input and output of the process.
typedef struct ceditline ceditline;

/// What a command of ours has done, for libedit to go on.
enum ceditline_after {
  /// Nothing that shows.
  CEDITLINE_NOTHING,
  /// The line has changed.
  CEDITLINE_REFRESH,
  /// Only the cursor has moved.
  CEDITLINE_CURSOR,
  /// Nothing could be done.
  CEDITLINE_BEEP,
  /// The line is complete: the newline is in the buffer and the cursor on a row of its own.
  CEDITLINE_NEWLINE,
  /// The input has ended.
  CEDITLINE_END,
};

/// What libedit asks for. All are called from within `ceditline_read`, on its thread.
struct ceditline_callbacks {
  void *context;
  /// Waits for a key; false ends the reading.
  bool (*next_key)(void *context, uint32_t *key);
  /// Does the command of ours that a key is bound to.
  enum ceditline_after (*command)(void *context, uint32_t key);
  /// The prompt, ended by 0; stays valid until the next call.
  const uint32_t *(*prompt)(void *context);
  /// The entry of the history, 0 the newest, ended by 0; NULL if there is none. Valid until the next call.
  const uint32_t *(*history)(void *context, size_t index);
};

/// Makes an editor; NULL if there is no memory.
///
/// The locale must be set. The key maps are those of the user's `.editrc`.
///
/// `vi`: whether to begin with vi's keys; else with emacs'.
ceditline *ceditline_open(const char *program, struct ceditline_callbacks callbacks, bool vi);

/// Whether `.editrc` has switched editing off.
bool ceditline_is_disabled(ceditline *editor);

/// Whether the keys are vi's.
bool ceditline_is_vi(ceditline *editor);

/// Sets the keys to vi's or emacs', without any binding made before.
void ceditline_set_editor(ceditline *editor, bool vi);

/// Binds a key to the command of ours: in the map for typing, or in vi's for commands.
void ceditline_bind(ceditline *editor, uint32_t key, bool in_vi_command_mode);

/// Binds a key to a command of libedit, by its name.
void ceditline_bind_builtin(
    ceditline *editor, uint32_t key, const char *name, bool in_vi_command_mode);

/// Reads a line: returns when a command says so, or there is no more key. Returns false if there is no line.
bool ceditline_read(ceditline *editor);

/// Switches the terminal to its mode for editing, or back to the one before.
void ceditline_set_raw(ceditline *editor, bool raw);

/// Asks the terminal for its size.
void ceditline_resize(ceditline *editor);

/// Draws prompt and line anew, from where the cursor of the terminal stands.
void ceditline_redraw(ceditline *editor);

/// Writes to the terminal, in order with what libedit writes.
void ceditline_write(ceditline *editor, const void *bytes, size_t count);

/// The line: its characters, their number, and where the cursor stands. Valid until something is changed.
const uint32_t *ceditline_line(ceditline *editor, size_t *count, size_t *cursor);

/// Inserts text, ended by 0, at the cursor.
void ceditline_insert(ceditline *editor, const uint32_t *text);

/// Puts another text, ended by 0, in the place of the line, with the cursor at its end.
void ceditline_replace(ceditline *editor, const uint32_t *text);

/// Deletes characters before the cursor.
void ceditline_delete(ceditline *editor, size_t count);

/// Moves the cursor; stops at the ends of the line.
void ceditline_move(ceditline *editor, long distance);

#endif
