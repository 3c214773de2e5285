import LineEditing
import Logging
import PoolShell

// The shell tells failing callbacks and initializers itself, in its own words and with its own ids.
LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
HostProcess.reserveStandardDescriptors()
HostProcess.ignoreBrokenPipes()
HostProcess.raiseDescriptorLimit()

/// What is not said by commands.
let messages = Output.process()

/// Ends with one line on standard error.
func refuse(_ message: String) -> Never {
  messages.writeError((message.hasPrefix("poolsh: ") ? "" : "poolsh: ") + message + "\n")
  HostProcess.exit(2)
}

let invocation: Invocation
do {
  invocation = try Invocation(Array(CommandLine.arguments.dropFirst()))
} catch {
  refuse((error as? ShellError)?.line ?? "\(error)")
}
if invocation.wantsHelp || invocation.wantsVersion {
  messages.write((invocation.wantsHelp ? Invocation.help : Version.text) + "\n")
  if let reason = messages.failureText { refuse(reason) }
  HostProcess.exit(0)
}

if invocation.wantsTest {
  do {
    let test = try TranscriptTest(invocation.arguments, invocation.settings)
    HostProcess.exit(test.run(messages))
  } catch {
    refuse((error as? ShellError)?.line ?? "\(error)")
  }
}

let isFromStandardInput = if case .standardInput = invocation.input { true } else { false }
// As in other shells, a pipe behind us (`poolsh | tee log`) takes the answers, not the person.
let isInteractive =
  isFromStandardInput && HostProcess.isTerminal(0)
  && (HostProcess.isTerminal(1) || HostProcess.isTerminal(2))
/// How the terminal was found: the editor changes more than its own modes.
let modes = isInteractive ? JobControl.modes() : nil
let terminal = isInteractive && HostProcess.isTerminal(1) ? InteractiveTerminal() : nil
/// What signals are told to while a line is edited.
let inbox = terminal?.inbox
let output = terminal?.output ?? Output.process(isInteractive: isInteractive)
var settings = invocation.settings
settings.notifies = isInteractive
let session = Session(
  output: output, settings: Settings(settings),
  readsScriptFromStandardInput: isFromStandardInput && !isInteractive)

if isInteractive { session.terminalHandover.enable(programModes: modes) }

do {
  try SignalWatcher.start(isInteractive: isInteractive) { signal in
    switch signal {
    case .interrupt where isInteractive: session.userInterrupts()
    case .interrupt: session.abort("interrupted", status: 130)
    case .terminate: session.abort("terminated", status: 143)
    // A terminal that is closed: once from the shell in it, and once from the system.
    case .hangUp: session.abort("hung up", status: 129, isRepeated: true)
    case .quit: session.abort("quit", status: 131)
    case .suspend: if inbox?.suspend() != true { session.suspend() }
    case .resume:
      inbox?.post(.resume)
      session.onResume.tell()
    case .resize: inbox?.post(.resize)
    }
  }
  let editedSource = terminal?.source(for: session)
  let source: any LineSource =
    switch invocation.input {
    case .file(let path): try DescriptorSource(path: path)
    case .text(let text): TextSource(name: "-c", text: text)
    case .standardInput where isInteractive:
      try editedSource
        ?? TerminalSource(
          output: output, interrupt: session.interrupt, onResume: session.onResume)
    case .standardInput: DescriptorSource(descriptor: 0, name: "stdin")
    }
  if isInteractive { output.writePrompt("\(Version.text): type help, tutorial, or exit\n") }
  let shell = Shell(
    session: session, source: source, arguments: invocation.arguments, isInteractive: isInteractive)
  editedSource?.shell = shell
  editedSource?.useHistoryFile()
  if isInteractive, let path = LessonProgressFile.standardPath(HostProcess.environment) {
    session.tutorial.remember(in: path)
  }
  if isInteractive, invocation.readsStartupFile, let path = StartupFile.path {
    shell.runStartupFile(path)
  }
  HostProcess.exit(shell.run())
} catch let failure as FileSystem.Failure {
  refuse(failure.message)
} catch {
  refuse("\(error)")
}
