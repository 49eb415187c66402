// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.List;

/** describeGlobal and describeSObject: not all that a server says, but in its order. */
final class Describe {
    private final Schema schema;

    Describe(Schema schema) {
        this.schema = schema;
    }

    String global() {
        Out out = new Out().open("result").leaf("encoding", "UTF-8").leaf("maxBatchSize", Dml.MOST);
        for (ObjectType type : schema.objects()) {
            if (!type.name().equals("Name")) {
                out.open("sobjects");
                flags(out, type);
                out.close("sobjects");
            }
        }
        return out.close("result").toString();
    }

    String objects(List<String> names) {
        StringBuilder all = new StringBuilder();
        names.forEach(name -> all.append(object(name)));
        return all.toString();
    }

    String object(String name) {
        ObjectType type = schema.object(name);
        Out out = new Out().open("result");
        out.leaf("activateable", false);
        for (ObjectType child : schema.objects()) {
            for (FieldType field : child.fields()) {
                if (!field.children().isEmpty() && field.targets().contains(type.name())) {
                    out.open("childRelationships").leaf("cascadeDelete", false);
                    out.leaf("childSObject", child.name()).leaf("deprecatedAndHidden", false);
                    out.leaf("field", field.name()).leaf("relationshipName", field.children());
                    out.close("childRelationships");
                }
            }
        }
        out.leaf("createable", type.is("write")).leaf("custom", false).leaf("customSetting", false);
        out.leaf("deletable", type.is("write"))
                .leaf("deprecatedAndHidden", false)
                .leaf("feedEnabled", false);
        type.fields().forEach(field -> field(out, field));
        out.leaf("keyPrefix", type.prefix()).leaf("label", type.name()).leaf("labelPlural", type.name() + "s");
        out.leaf("layoutable", true)
                .leaf("mergeable", false)
                .leaf("mruEnabled", false)
                .leaf("name", type.name());
        out.leaf("queryable", true).leaf("replicateable", type.is("replicate")).leaf("retrieveable", true);
        out.leaf("searchable", type.is("search")).leaf("triggerable", true).leaf("undeletable", type.is("write"));
        return out.leaf("updateable", type.is("write")).close("result").toString();
    }

    private static void flags(Out out, ObjectType type) {
        boolean write = type.is("write");
        out.leaf("activateable", false).nil("associateEntityType").nil("associateParentEntity");
        out.leaf("createable", write).leaf("custom", false).leaf("customSetting", false);
        out.leaf("deepCloneable", false).leaf("deletable", write).leaf("deprecatedAndHidden", false);
        out.leaf("feedEnabled", false).leaf("hasSubtypes", false).leaf("idEnabled", true);
        out.leaf("isInterface", false).leaf("isSubtype", false).leaf("keyPrefix", type.prefix());
        out.leaf("label", type.name()).leaf("labelPlural", type.name() + "s").leaf("layoutable", true);
        out.leaf("mergeable", false)
                .leaf("mruEnabled", false)
                .leaf("name", type.name())
                .leaf("queryable", true);
        out.leaf("replicateable", type.is("replicate")).leaf("retrieveable", true);
        out.leaf("searchable", type.is("search")).leaf("triggerable", true);
        out.leaf("undeletable", write).leaf("updateable", write);
    }

    private static void field(Out out, FieldType field) {
        FieldType.Kind kind = field.kind();
        boolean key = field.is("external") || kind == FieldType.Kind.ID;
        out.open("fields").leaf("autoNumber", field.is("auto")).leaf("byteLength", field.length() * 3);
        out.leaf("calculated", false).leaf("caseSensitive", false).leaf("createable", field.createable());
        out.leaf("custom", field.custom())
                .leaf("defaultedOnCreate", !field.initial().isEmpty());
        out.leaf("deprecatedAndHidden", false).leaf("digits", 0).leaf("externalId", field.is("external"));
        out.leaf("filterable", field.filterable())
                .leaf("groupable", field.filterable())
                .leaf("idLookup", key);
        out.leaf("label", field.name().replace("__c", "").replace('_', ' ')).leaf("length", field.length());
        out.leaf("name", field.name()).leaf("nameField", field.name().equals("Name"));
        out.leaf("nillable", !field.is("required") && kind != FieldType.Kind.BOOLEAN);
        out.leaf("permissionable", field.custom());
        for (String value : field.values()) {
            out.open("picklistValues").leaf("active", true).leaf("defaultValue", value.equals(field.initial()));
            out.leaf("label", value).leaf("value", value).close("picklistValues");
        }
        out.leaf("polymorphicForeignKey", field.polymorphic())
                .leaf("precision", 0)
                .leaf("queryByDistance", false);
        field.targets().forEach(target -> out.leaf("referenceTo", target));
        if (!field.relationship().isEmpty()) {
            out.leaf("relationshipName", field.relationship());
        }
        out.leaf("restrictedPicklist", field.is("restricted")).leaf("scale", 0).leaf("searchPrefilterable", false);
        out.leaf("soapType", kind.soap).leaf("sortable", field.filterable()).leaf("type", kind.described);
        out.leaf("unique", field.is("unique"))
                .leaf("updateable", field.updateable())
                .close("fields");
    }
}
