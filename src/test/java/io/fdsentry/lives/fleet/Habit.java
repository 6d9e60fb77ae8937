package io.fdsentry.lives.fleet;

/// What sort of program a workload is, by what most of its handles are.
enum Habit {
    /// Short requests, and a pool of connections to a database that grows with the work.
    WEB,
    /// Clients that stay for hours and are pinged.
    WEBSOCKETS,
    /// A proxy or database: every replica of a fleet keeps a pool of connections to it, busy or not.
    SERVER_OF_A_FLEET,
    /// Files that are kept until retention: one after the other, then none more.
    STORE,
    /// A cache that fills: fast at first, then ever slower.
    CACHE,
    /// Batches: many handles and threads for minutes, then none.
    BATCHES,
    /// A client whose pools fall asleep and are closed from the other end; it looks when it needs them again.
    LAZY_CLIENT
}
