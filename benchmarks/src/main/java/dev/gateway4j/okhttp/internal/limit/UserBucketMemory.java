package dev.gateway4j.okhttp.internal.limit;

import java.util.ArrayList;

/**
 * Prints what a million users with two buckets each take on the heap, by what is left after garbage collections before and after. The names
 * of the users are counted too, for they are kept as keys.
 */
public final class UserBucketMemory {
    private static final int USERS = 1_000_000;

    private UserBucketMemory() {}

    /** Takes how many users; a million without. Needs a heap of 2 GB. */
    public static void main(String[] args) throws InterruptedException {
        int users = args.length == 0 ? USERS : Integer.parseInt(args[0]);
        Limits limits = LimitSettings.limits();
        long before = used();
        for (int i = 0; i < users; i++) {
            limits.addCallerCharges(
                    LimitSettings.subjects("acme/user-" + i), new Estimate(420, 0), true, new ArrayList<>());
        }
        long bytes = used() - before;
        System.out.println(users + " users, 2 buckets each: " + bytes / (1024 * 1024) + " MB, " + bytes / users
                + " bytes a user, " + bytes / users / 2 + " bytes a bucket; "
                + limits.status().size()
                + " limits besides");
    }

    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
