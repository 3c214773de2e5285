#include "CEditline.h"

#include <histedit.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "characters are passed on as they are");

struct ceditline {
  EditLine *editline;
  FILE *messages;
  struct ceditline_callbacks callbacks;
  /// The entry of the history at which libedit is.
  size_t entry;
};

static ceditline *owner(EditLine *editline) {
  void *data = NULL;
  el_wget(editline, EL_CLIENTDATA, &data);
  return data;
}

// MARK: What libedit calls

static int next_key(EditLine *editline, wchar_t *key) {
  ceditline *editor = owner(editline);
  uint32_t character = 0;
  if (!editor->callbacks.next_key(editor->callbacks.context, &character)) return -1;
  *key = (wchar_t)character;
  return 1;
}

static wchar_t *prompt(EditLine *editline) {
  ceditline *editor = owner(editline);
  return (wchar_t *)editor->callbacks.prompt(editor->callbacks.context);
}

static unsigned char command(EditLine *editline, int key) {
  ceditline *editor = owner(editline);
  switch (editor->callbacks.command(editor->callbacks.context, (uint32_t)key)) {
  case CEDITLINE_NOTHING: return CC_NORM;
  case CEDITLINE_REFRESH: return CC_REFRESH;
  case CEDITLINE_CURSOR: return CC_CURSOR;
  case CEDITLINE_BEEP: return CC_ERROR;
  case CEDITLINE_NEWLINE: return CC_NEWLINE;
  case CEDITLINE_END: return CC_EOF;
  }
  return CC_ERROR;
}

// In place of libedit's own history, which cannot fold duplicates.
static int history_entry(void *data, HistEventW *event, int operation, ...) {
  ceditline *editor = data;
  size_t entry = editor->entry;
  switch (operation) {
  case H_FIRST: entry = 0; break;
  case H_NEXT: entry++; break;
  case H_PREV:
    if (entry == 0) return -1;
    entry--;
    break;
  case H_CURR: break;
  case H_LAST:
    while (editor->callbacks.history(editor->callbacks.context, entry + 1) != NULL) entry++;
    break;
  default: return -1;
  }
  const uint32_t *text = editor->callbacks.history(editor->callbacks.context, entry);
  if (text == NULL) return -1;
  editor->entry = entry;
  event->num = (int)entry;
  event->str = (const wchar_t *)text;
  return 0;
}

// MARK: Making one

// Without them libedit draws whole lines. With them, what is inserted into a line of several rows erases the next row
// on the screen.
static void forget_insertion(EditLine *editline) {
  static const char *const capabilities[] = {"ic", "im", "ei", "IC", "dc", "dm", "ed", "DC"};
  for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
    el_set(editline, EL_SETTC, capabilities[i], "", NULL);
}

ceditline *ceditline_open(const char *program, struct ceditline_callbacks callbacks, bool vi) {
  ceditline *editor = calloc(1, sizeof *editor);
  if (editor == NULL) return NULL;
  editor->callbacks = callbacks;
  // It complains of terminals that it does not know, and of lines of .editrc, onto the line being edited.
  editor->messages = fopen("/dev/null", "we");
  EditLine *editline =
      el_init(program, stdin, stdout, editor->messages == NULL ? stderr : editor->messages);
  if (editline == NULL) {
    if (editor->messages != NULL) fclose(editor->messages);
    free(editor);
    return NULL;
  }
  editor->editline = editline;
  if (el_set(editline, EL_TERMINAL, NULL) != 0) el_set(editline, EL_TERMINAL, "xterm");
  forget_insertion(editline);
  el_wset(editline, EL_CLIENTDATA, editor);
  el_wset(editline, EL_SIGNAL, 0);
  el_wset(editline, EL_PROMPT, prompt);
  el_wset(editline, EL_HIST, history_entry, editor);
  el_wset(editline, EL_GETCFN, next_key);
  el_wset(editline, EL_ADDFN, L"poolsh", L"A command of poolsh", command);
  // In this order: each resets the maps.
  el_wset(editline, EL_EDITOR, vi ? L"vi" : L"emacs");
  el_source(editline, NULL);
  // While a line is edited Ctrl-C and Ctrl-Z are keys: they come in their place among the others, and nothing is thrown
  // away that is on its way to the screen. Ctrl-S searches forward, and must not freeze the terminal.
  el_set(editline, EL_SETTY, "-d", "-isig", "-ixon", NULL);
  return editor;
}

bool ceditline_is_disabled(ceditline *editor) {
  int is_enabled = 1;
  el_wget(editor->editline, EL_EDITMODE, &is_enabled);
  return !is_enabled;
}

bool ceditline_is_vi(ceditline *editor) {
  const wchar_t *name = NULL;
  el_wget(editor->editline, EL_EDITOR, &name);
  return name != NULL && name[0] == L'v';
}

void ceditline_set_editor(ceditline *editor, bool vi) {
  el_wset(editor->editline, EL_EDITOR, vi ? L"vi" : L"emacs");
}

static void bind(ceditline *editor, uint32_t key, const wchar_t *name, bool alternative) {
  // Backslash and circumflex would begin an escape in this notation; no key of ours is one of them.
  const wchar_t keys[] = {(wchar_t)key, L'\0'};
  if (alternative)
    el_wset(editor->editline, EL_BIND, L"-a", keys, name, NULL);
  else
    el_wset(editor->editline, EL_BIND, keys, name, NULL);
}

void ceditline_bind(ceditline *editor, uint32_t key, bool in_vi_command_mode) {
  bind(editor, key, L"poolsh", in_vi_command_mode);
}

void ceditline_bind_builtin(
    ceditline *editor, uint32_t key, const char *name, bool in_vi_command_mode) {
  wchar_t wide[64];
  size_t i = 0;
  for (; name[i] != '\0' && i + 1 < sizeof wide / sizeof *wide; i++) wide[i] = (wchar_t)name[i];
  wide[i] = L'\0';
  bind(editor, key, wide, in_vi_command_mode);
}

// MARK: Using it

bool ceditline_read(ceditline *editor) {
  int count = 0;
  editor->entry = 0;
  ceditline_set_blocking();
  // The prompt comes before libedit switches modes: keys typed at once would be taken for a line.
  el_wset(editor->editline, EL_PREP_TERM, 1);
  ceditline_set_signals(false);
  bool is_read = el_wgets(editor->editline, &count) != NULL && count > 0;
  el_wset(editor->editline, EL_PREP_TERM, 1);
  ceditline_set_signals(true);
  return is_read;
}

void ceditline_set_raw(ceditline *editor, bool raw) {
  el_wset(editor->editline, EL_PREP_TERM, raw ? 1 : 0);
}

void ceditline_resize(ceditline *editor) { el_resize(editor->editline); }

void ceditline_redraw(ceditline *editor) { el_wset(editor->editline, EL_REFRESH); }

void ceditline_write(ceditline *editor, const void *bytes, size_t count) {
  (void)editor;
  fwrite(bytes, 1, count, stdout);
  fflush(stdout);
}

const uint32_t *ceditline_line(ceditline *editor, size_t *count, size_t *cursor) {
  const LineInfoW *line = el_wline(editor->editline);
  *count = (size_t)(line->lastchar - line->buffer);
  *cursor = (size_t)(line->cursor - line->buffer);
  return (const uint32_t *)line->buffer;
}

void ceditline_insert(ceditline *editor, const uint32_t *text) {
  el_winsertstr(editor->editline, (const wchar_t *)text);
}

void ceditline_replace(ceditline *editor, const uint32_t *text) {
  // Not by deleting: that would take the place of what was yanked with vi's keys. But an empty text is refused.
  if (*text != 0) el_wreplacestr(editor->editline, (const wchar_t *)text);
  size_t count, cursor;
  ceditline_line(editor, &count, &cursor);
  ceditline_move(editor, (long)(count - cursor));
  if (*text == 0) ceditline_delete(editor, count);
}

void ceditline_delete(ceditline *editor, size_t count) {
  el_deletestr(editor->editline, (int)count);
}

void ceditline_move(ceditline *editor, long distance) { el_cursor(editor->editline, (int)distance); }
