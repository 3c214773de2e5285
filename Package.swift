// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "poolsh",
  products: [
    .library(name: "ConcurrentFutures", targets: ["ConcurrentFutures"]),
    .executable(name: "poolsh", targets: ["poolsh"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0")
  ],
  targets: [
    .target(name: "CLessons"),
    .target(name: "CPlatform", cSettings: [.define("_GNU_SOURCE")]),
    .target(
      name: "ConcurrentFutures",
      dependencies: ["CPlatform", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),
    .target(
      name: "ChildProcess", dependencies: ["ConcurrentFutures", "CPlatform"], swiftSettings: strict),
    .target(
      name: "CEditline",
      cSettings: [.define("_GNU_SOURCE")],
      linkerSettings: ["edit", "tinfo", "bsd", "md"].map { .linkedLibrary($0) }),
    .target(
      name: "LineEditing",
      dependencies: ["CEditline", "CPlatform", "ConcurrentFutures"],
      swiftSettings: strict),
    .target(
      name: "PoolShell",
      dependencies: ["ConcurrentFutures", "ChildProcess", "CPlatform", "CLessons"],
      exclude: ["Language/Grammar.md", "Lessons"],
      swiftSettings: strict),
    .executableTarget(
      name: "poolsh",
      dependencies: ["PoolShell", "LineEditing", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "ConcurrentFuturesTests",
      dependencies: [
        "ConcurrentFutures", "TestSupport",
        .product(name: "InMemoryLogging", package: "swift-log"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ChildProcessTests", dependencies: ["ChildProcess", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LineEditingTests", dependencies: ["LineEditing", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "PoolShellTests", dependencies: ["PoolShell", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "PoolshTests", dependencies: ["poolsh", "TestSupport"], swiftSettings: strict),
  ]
)
