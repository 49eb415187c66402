// SPDX-License-Identifier: Apache-2.0
package io.cordboard.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final String ROOT = "io.cordboard";
    private static final String[] CONNECTORS = {
        ROOT + ".bitrix24..", ROOT + ".zadarma..", ROOT + ".mango..", ROOT + ".asterisk.."
    };
    private static final String[] CORE = {
        ROOT,
        ROOT + ".call..",
        ROOT + ".contact..",
        ROOT + ".agent..",
        ROOT + ".ticket..",
        ROOT + ".pbx..",
        ROOT + ".crm..",
        ROOT + ".connector..",
        ROOT + ".directory..",
        ROOT + ".playbook..",
        ROOT + ".delivery..",
        ROOT + ".store.."
    };

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void everyJarOfTheHouseIsLookedAt() {
        assertThat(Stream.of(
                        "Cordboard",
                        "bitrix24.Bitrix24Factory",
                        "zadarma.ZadarmaFactory",
                        "mango.MangoFactory",
                        "asterisk.AsteriskFactory",
                        "server.Main",
                        "testkit.Sandbox",
                        "http.AccountBudget"))
                .allMatch(name -> house.contain(ROOT + "." + name));
    }

    @Test
    void coreKnowsNoVendorAndNoWeb() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(CONNECTORS)
                        .or(resideInAnyPackage(
                                ROOT + ".http..",
                                ROOT + ".testkit..",
                                ROOT + ".server..",
                                "retrofit2..",
                                "okhttp3..",
                                "io.javalin..",
                                "org.asteriskjava..")))
                .because("a connector is a guest: core must compile with every one of them deleted")
                .check(house);
    }

    @Test
    void connectorsDoNotKnowEachOther() {
        slices().matching(ROOT + ".(bitrix24|zadarma|amocrm|salesforce|mango|asterisk)..")
                .should()
                .notDependOnEachOther()
                .because("what two connectors share belongs to core or connector-http")
                .check(house);
    }

    @Test
    void nobodyButTheServerKnowsAConnector() {
        noClasses()
                .that()
                .resideOutsideOfPackages(concat(CONNECTORS, ROOT + ".server.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECTORS)
                .check(house);
    }

    @Test
    void nobodyInsideLooksBackAtTheFrontDoor() {
        noClasses()
                .that()
                .resideInAnyPackage(concat(CONNECTORS, rooms()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .because("Cordboard puts the parts together, so no part may know it")
                .check(house);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(house);
    }

    @Test
    void callModelStandsAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".call..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + ".call..", "java..", "org.jspecify..")
                .check(house);
    }

    @Test
    void vendorTypesStayInside() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(resideInAnyPackage(CONNECTORS).and(publicType()))
                .should(notMention("org.asteriskjava", "com.sforce", "retrofit2", "okhttp3", "com.fasterxml"))
                .because("a user of a connector must not need its vendor's SDK")
                .check(house);
    }

    @Test
    void onlyAFewClassesKnowTheLibraryOfSalesforce() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".salesforce..")
                .and()
                .haveSimpleNameNotStartingWith("Wsc")
                .and()
                .areNotMemberClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sforce..")
                .because("another protocol must be able to take its place")
                .check(house);
    }

    @Test
    void concreteClassesAreFinal() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotRecords()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("a class is open to extension only when somebody designed it to be")
                .check(house);
    }

    @Test
    void fieldsArePrivate() {
        fields().that()
                .areNotStatic()
                .and()
                .areDeclaredInClassesThat()
                .areNotEnums()
                .and()
                .areDeclaredInClassesThat()
                .areNotAnonymousClasses()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(ROOT + ".testkit..")
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .bePrivate()
                .check(house);
    }

    @Test
    void nobodyKeepsMutableStatics() {
        fields().that().areStatic().should().beFinal().check(house);
    }

    @Test
    void librariesDoNotPrint() {
        noClasses()
                .that(not(resideInAPackage(ROOT + ".server..")))
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(house);
    }

    @Test
    void nobodyThrowsGenericExceptions() {
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(house);
    }

    @Test
    void nobodyReadsTheSystemClock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .because("time is passed in, so that tests can move it")
                .check(house);
    }

    @Test
    void noRoleThrowsInsteadOfBeingAbsent() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(UnsupportedOperationException.class)
                .because("a role that a vendor cannot play is absent")
                .check(house);
    }

    private static String[] rooms() {
        return Stream.of(CORE).filter(room -> !room.equals(ROOT)).toArray(String[]::new);
    }

    private static String[] concat(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> publicType() {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "are public", type -> type.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static ArchCondition<JavaMethod> notMention(String... packages) {
        return new ArchCondition<>("not mention " + List.of(packages)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .filter(type -> Stream.of(packages)
                                .anyMatch(p -> type.getPackageName().startsWith(p)))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " mentions " + type.getName())));
            }
        };
    }
}
