package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Interaction;

/** Looks at one interaction by itself. Immutable. */
interface InteractionRule {
    /** Says what is wrong with the interaction that lies there. */
    void look(Interaction interaction, Findings.Spot spot);
}
