package dev.gateway4j.okhttp.internal.limit;

/** Where buckets are kept. Thread-safe. */
interface BucketStore {
    /** The bucket with this name; whoever asks twice may get two objects, but they are one bucket only if the store is shared. */
    Allowance open(String name, BucketAllowance.Bucket bucket);
}
