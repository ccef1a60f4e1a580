package dev.gateway4j.simulator;

import dev.gateway4j.simulator.internal.fault.FaultName;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.fault.Setting;
import dev.gateway4j.simulator.internal.timing.GoDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * Something that goes wrong: what, when and for whom. Immutable; {@link #parse} and {@link #toString} are inverse.
 *
 * <pre>{@code
 * openAi.faults().add(Fault.named("429-tokens").first(2));
 * openAi.faults().add(Fault.named("cut").after(3).probability(0.1).model("gpt-4o*"));
 * openAi.faults().add(Fault.parse("503 burst=0.05/0.2/10s endpoint=/v1/responses"));
 * }</pre>
 *
 * <p>All conditions of a fault must hold. Requests are counted for {@link #nth}, {@link #first} and {@link #every} if they are the fault's
 * concern, that is, if endpoint, model, key, tags and window fit.
 */
public final class Fault {
    private final FaultText text;

    private Fault(FaultText text) {
        this.text = text;
    }

    static Fault of(FaultText text) {
        return new Fault(text);
    }

    FaultText text() {
        return text;
    }

    /**
     * A fault by its name, which strikes always.
     *
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException if there is none of that name; the message lists the nearest, and all
     */
    public static Fault named(String name) {
        return new Fault(FaultText.named(name));
    }

    /**
     * Reads a fault: a name and settings, such as {@code cut after=3 p=0.1 model=gpt-4o*}. Settings are {@code after} (events), {@code by}
     * (a duration), {@code bytes}; {@code p}, {@code nth}, {@code first}, {@code every}, {@code tries}, {@code from}, {@code to}, {@code burst}; {@code
     * endpoint}, {@code model}, {@code key}, {@code user}, {@code tenant}, {@code feature}. Values with blanks stand in double quotes.
     *
     * @throws IllegalArgumentException if there is no such fault or setting, or a value does not work
     */
    public static Fault parse(String text) {
        return new Fault(FaultText.parse(text));
    }

    /** The names of all faults. */
    public static List<String> names() {
        return FaultName.all();
    }

    /** What goes wrong, such as {@code 429-tokens}. */
    public String name() {
        return text.name().text();
    }

    /** Strikes after so many events of a stream. A body that is no stream is struck in its middle. */
    public Fault after(int events) {
        return with(Setting.AFTER, Integer.toString(events));
    }

    /** By how long something is late, or the wait that a 429 asks for; to the millisecond. */
    public Fault by(Duration delay) {
        return with(Setting.BY, GoDuration.text(delay.toMillis()));
    }

    /** In pieces of so many bytes. */
    public Fault bytes(int count) {
        return with(Setting.BYTES, Integer.toString(count));
    }

    /**
     * Strikes with this probability. The draw depends on the seed, the request and how often it came before, not on other requests or
     * threads.
     */
    public Fault probability(double probability) {
        return with(Setting.P, new BigDecimal(Double.toString(probability)).toPlainString());
    }

    /** Strikes the n-th request only, counted from 1. */
    public Fault nth(int number) {
        return with(Setting.NTH, Integer.toString(number));
    }

    /** Strikes the first requests, then no more. */
    public Fault first(int count) {
        return with(Setting.FIRST, Integer.toString(count));
    }

    /** Strikes every k-th request. */
    public Fault every(int count) {
        return with(Setting.EVERY, Integer.toString(count));
    }

    /** Strikes the first tries of each request, equal ones being tries of one; then it passes. */
    public Fault tries(int count) {
        return with(Setting.TRIES, Integer.toString(count));
    }

    /** Strikes from the first time on until before the second, both counted on the simulator's clock from when it was made. */
    public Fault window(Duration from, Duration to) {
        return with(Setting.FROM, GoDuration.text(from.toMillis())).with(Setting.TO, GoDuration.text(to.toMillis()));
    }

    /**
     * Strikes in runs: from slot to slot of the clock the fault goes on with one probability and off with the other, which together are at
     * most 1.
     */
    public Fault burst(double on, double off, Duration slot) {
        return with(
                Setting.BURST,
                new BigDecimal(Double.toString(on)).toPlainString() + "/"
                        + new BigDecimal(Double.toString(off)).toPlainString() + "/"
                        + GoDuration.text(slot.toMillis()));
    }

    /** For this path only, such as {@code /v1/chat/completions}; a star stands for anything. */
    public Fault endpoint(String pattern) {
        return with(Setting.ENDPOINT, pattern);
    }

    /** For this model only; a star stands for anything. */
    public Fault model(String pattern) {
        return with(Setting.MODEL, pattern);
    }

    /** For requests that present this key only; a star stands for anything. */
    public Fault key(String pattern) {
        return with(Setting.KEY, pattern);
    }

    /** For calls of this user only; a star stands for anything. */
    public Fault user(String pattern) {
        return with(Setting.USER, pattern);
    }

    /** For calls on behalf of this tenant only; a star stands for anything. */
    public Fault tenant(String pattern) {
        return with(Setting.TENANT, pattern);
    }

    /** For calls of this part of the application only; a star stands for anything. */
    public Fault feature(String pattern) {
        return with(Setting.FEATURE, pattern);
    }

    private Fault with(Setting setting, String value) {
        return new Fault(text.with(setting, value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fault that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return text.toString();
    }
}
