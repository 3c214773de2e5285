// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A package of its own, so that the product does not depend on what it is compared with.
let package = Package(
  name: "poolsh-benchmarks",
  dependencies: [
    .package(name: "poolsh", path: "../.."),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
  ],
  targets: [
    .target(name: "BenchmarkSupport", swiftSettings: strict),
    .executableTarget(
      name: "ConcurrentFuturesBenchmark",
      dependencies: [
        "BenchmarkSupport", .product(name: "ConcurrentFutures", package: "poolsh"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "DispatchBenchmark", dependencies: ["BenchmarkSupport"], swiftSettings: strict),
    .executableTarget(
      name: "OperationQueueBenchmark", dependencies: ["BenchmarkSupport"], swiftSettings: strict),
    .executableTarget(
      name: "NIOBenchmark",
      dependencies: [
        "BenchmarkSupport", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict),
  ]
)
