package dev.gateway4j.build;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Public types whose parents and public members name no type of a vendor, not even as a type argument. */
final class NameNoVendor extends ArchCondition<JavaClass> {
    private final List<String> vendors;

    NameNoVendor(String... vendors) {
        super("name no type of " + String.join(", ", vendors) + " in a public signature");
        this.vendors = List.of(vendors);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isPublic(type)) {
            return;
        }
        Stream<JavaClass> parents = Stream.concat(
                type.getSuperclass().stream().flatMap(parent -> parent.getAllInvolvedRawTypes().stream()),
                type.getInterfaces().stream().flatMap(parent -> parent.getAllInvolvedRawTypes().stream()));
        parents.forEach(parent -> report(type, type.getName(), parent, events));
        for (JavaMember member : type.getMembers()) {
            if (isOpen(member.getModifiers())) {
                member.getAllInvolvedRawTypes().forEach(named -> report(type, member.getFullName(), named, events));
            }
        }
        type.getCodeUnits().stream()
                .filter(unit -> isOpen(unit.getModifiers()))
                .forEach(unit ->
                        unit.getExceptionTypes().forEach(thrown -> report(type, unit.getFullName(), thrown, events)));
    }

    private static boolean isPublic(JavaClass type) {
        return isOpen(type.getModifiers())
                && type.getEnclosingClass().map(NameNoVendor::isPublic).orElse(true);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private void report(JavaClass type, String where, JavaClass named, ConditionEvents events) {
        if (vendors.stream().anyMatch(named.getName()::startsWith)) {
            events.add(SimpleConditionEvent.violated(type, where + " names " + named.getName()));
        }
    }
}
