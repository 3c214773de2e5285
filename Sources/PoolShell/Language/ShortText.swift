/// Texts of a few bytes, as most words are: without the general ways, which took 200 instructions a word.
extension String {
  /// A text of bytes that are known to be UTF-8.
  init(checked bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count <= 15 else {
      self.init(decoding: bytes, as: UTF8.self)
      return
    }
    self.init(unsafeUninitializedCapacity: bytes.count) { text in
      for index in 0..<bytes.count { text[index] = bytes[index] }
      return bytes.count
    }
  }
}
