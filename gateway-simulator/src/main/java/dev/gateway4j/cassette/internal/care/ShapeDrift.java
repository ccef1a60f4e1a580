package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.internal.care.Shape.Kind;
import dev.gateway4j.cassette.internal.care.Shape.Member;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In what the shape of an answer of today differs from that of the recorded one. */
final class ShapeDrift {
    private final Findings.Spot root;

    private ShapeDrift(Findings.Spot root) {
        this.root = root;
    }

    /** Says at this place and below what has changed. */
    static void report(Shape recorded, Shape live, Findings.Spot spot) {
        new ShapeDrift(spot).compare(recorded, live, "");
    }

    private void compare(Shape recorded, Shape live, String pointer) {
        Findings.Spot spot = root.at(pointer);
        if (!kinds(recorded, live, spot)) {
            return;
        }
        words(recorded, live, spot);
        if (recorded.is(Kind.OBJECT) && live.is(Kind.OBJECT)) {
            members(recorded, live, pointer);
        }
        if (recorded.elements().isPresent() && live.elements().isPresent()) {
            compare(recorded.elements().get(), live.elements().get(), pointer + "/*");
        }
    }

    /** False if the two have so little in common that there is no point in looking inside. */
    private static boolean kinds(Shape recorded, Shape live, Findings.Spot spot) {
        if (recorded.values().isEmpty() != live.values().isEmpty() || (live.is(Kind.NULL) && !recorded.is(Kind.NULL))) {
            spot.warning(
                    "null-changed",
                    "was " + text(recorded) + ", is " + text(live) + "; a client must take either. Record it again");
        }
        if (recorded.values().isEmpty() || live.values().isEmpty()) {
            return false;
        }
        if (!recorded.values().containsAll(live.values())) {
            spot.error(
                    "type-changed",
                    "was " + text(recorded) + ", is " + text(live)
                            + "; a client that reads the recorded one fails. Record it again");
        }
        return true;
    }

    private static void words(Shape recorded, Shape live, Findings.Spot spot) {
        SortedSet<String> added = new TreeSet<>(live.words());
        added.removeAll(recorded.words());
        if (!added.isEmpty() && !recorded.words().isEmpty()) {
            spot.warning(
                    "word-changed",
                    "said " + String.join(", ", recorded.words()) + ", says " + String.join(", ", added)
                            + "; check that the application knows it, and record it again");
        }
    }

    private void members(Shape recorded, Shape live, String pointer) {
        recorded.members().forEach((name, member) -> {
            String below = pointer + "/" + escaped(name);
            Member today = live.members().get(name);
            presence(member, today, root.at(below));
            if (today != null) {
                compare(member.shape(), today.shape(), below);
            }
        });
        live.members().forEach((name, member) -> {
            if (!recorded.members().containsKey(name)) {
                root.at(pointer + "/" + escaped(name))
                        .info("member-added", "is new: " + text(member.shape()) + "; record it again to have it");
            }
        });
    }

    private static void presence(Member recorded, @Nullable Member live, Findings.Spot spot) {
        if (live == null && recorded.always()) {
            spot.error(
                    "member-removed",
                    "is gone; it was " + text(recorded.shape()) + ". A client that needs it fails; record it again");
        } else if (live == null) {
            spot.info("member-removed", "was there at times and is not now; that may be chance");
        } else if (recorded.always() && !live.always()) {
            spot.warning("member-removed", "was always there and is missing at times; record it again");
        }
    }

    private static String text(Shape shape) {
        return shape.kinds().stream().sorted().map(Kind::text).collect(Collectors.joining(" or "));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
