# Gives every project of a Visual Studio generator DistBuild, without a change to any CMakeLists.txt:
#
#   cmake -S . -B build -G "Visual Studio 17 2022" -DCMAKE_PROJECT_INCLUDE=<the package's folder>/cmake/DistBuild.cmake
#
# DISTBUILD_REFERENCE says how:
#   import    (where this file lies in the package) the build tree's Directory.Build.props and .targets import the package's; nothing is restored
#   package   (otherwise) each target refers to the NuGet package, which cmake --build and Visual Studio restore
# Settings are properties and environment variables of the build, as in any other project (DistBuildStore, DistBuildAgents, ...).
include_guard(GLOBAL)
if(CMAKE_VERSION VERSION_LESS 3.20)
  message(WARNING "DistBuild.cmake needs CMake 3.20; this is ${CMAKE_VERSION}. The projects are generated without DistBuild.")
  return()
endif()
cmake_policy(VERSION 3.20)

set(DISTBUILD_VERSION "@VERSION@")
cmake_path(ABSOLUTE_PATH CMAKE_CURRENT_LIST_DIR NORMALIZE OUTPUT_VARIABLE _distbuild_here)
cmake_path(GET _distbuild_here PARENT_PATH _distbuild_package)

if(EXISTS "${_distbuild_package}/build/native/DistBuild.targets")
  set(_distbuild_default import)
else()
  set(_distbuild_default package)
endif()
set(DISTBUILD_REFERENCE ${_distbuild_default} CACHE STRING "How projects get DistBuild: import or package")
set_property(CACHE DISTBUILD_REFERENCE PROPERTY STRINGS import package)

# The folder that sources and build tree share: paths below it are written relative to the project, so that another checkout has the same keys.
function(_distbuild_find_root result)
  set(root "${CMAKE_SOURCE_DIR}")
  cmake_path(IS_PREFIX root "${CMAKE_BINARY_DIR}" NORMALIZE below)
  while(NOT below)
    cmake_path(GET root PARENT_PATH parent)
    cmake_path(GET root ROOT_PATH top)
    if(parent STREQUAL top OR parent STREQUAL root)
      # Nothing in common but the drive.
      set(root "${CMAKE_SOURCE_DIR}")
      break()
    endif()
    set(root "${parent}")
    cmake_path(IS_PREFIX root "${CMAKE_BINARY_DIR}" NORMALIZE below)
  endwhile()
  set(${result} "${root}" PARENT_SCOPE)
endfunction()

# Directory.Build.props or .targets of the build tree. The one that MSBuild would have found above it stays in force.
function(_distbuild_write extension content)
  set(file "${CMAKE_BINARY_DIR}/Directory.Build.${extension}")
  set(mark "<!-- Written by DistBuild.cmake -->")
  if(EXISTS "${file}")
    file(READ "${file}" old)
    string(FIND "${old}" "${mark}" found)
    if(found EQUAL -1)
      message(WARNING "DistBuild: ${file} is not DistBuild's and stays as it is. Import ${_distbuild_package}/build/native/DistBuild.${extension} in it, or set DISTBUILD_REFERENCE=package.")
      return()
    endif()
  endif()
  file(CONFIGURE OUTPUT "${file}" @ONLY CONTENT [[@mark@
<Project>
  <PropertyGroup>
    <_DistBuildAbove>$([MSBuild]::GetPathOfFileAbove('Directory.Build.@extension@', '$(MSBuildThisFileDirectory)../'))</_DistBuildAbove>
  </PropertyGroup>
  <Import Project="$(_DistBuildAbove)" Condition="'$(_DistBuildAbove)' != ''" />
@content@</Project>
]])
endfunction()

function(_distbuild_import)
  _distbuild_find_root(root)
  set(native "${_distbuild_package}/build/native")
  string(CONFIGURE [[
  <PropertyGroup Condition="'$(DistBuildRoot)' == ''">
    <DistBuildRoot>@root@</DistBuildRoot>
  </PropertyGroup>
  <Import Project="@native@/DistBuild.props" Condition="'$(MSBuildProjectExtension)' == '.vcxproj' and '$(DistBuildPropsImported)' == ''" />
]] props @ONLY)
  string(CONFIGURE [[
  <Import Project="@native@/DistBuild.targets" Condition="'$(MSBuildProjectExtension)' == '.vcxproj' and '$(DistBuildTargetsImported)' == ''" />
]] targets @ONLY)
  _distbuild_write(props "${props}")
  _distbuild_write(targets "${targets}")
endfunction()

function(_distbuild_targets_below folder result)
  get_property(found DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  get_property(folders DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
  foreach(below IN LISTS folders)
    _distbuild_targets_below("${below}" more)
    list(APPEND found ${more})
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

function(_distbuild_refer)
  _distbuild_find_root(root)
  _distbuild_targets_below("${CMAKE_SOURCE_DIR}" targets)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(type MATCHES "^(EXECUTABLE|(STATIC|SHARED|MODULE|OBJECT)_LIBRARY)$")
      set_property(TARGET ${target} APPEND PROPERTY VS_PACKAGE_REFERENCES "DistBuild_${DISTBUILD_VERSION}")
      set_target_properties(${target} PROPERTIES
        # NuGet keeps one project's packages in a folder, and CMake puts many projects into one.
        VS_GLOBAL_MSBuildProjectExtensionsPath "$(MSBuildProjectDirectory)/obj/$(MSBuildProjectName)/"
        VS_GLOBAL_DistBuildRoot "${root}")
    endif()
  endforeach()
endfunction()

if(NOT CMAKE_GENERATOR MATCHES "^Visual Studio")
  message(STATUS "DistBuild: ${CMAKE_GENERATOR} does not write projects for MSBuild; nothing to do")
elseif(DISTBUILD_REFERENCE STREQUAL "import")
  _distbuild_import()
  message(STATUS "DistBuild ${DISTBUILD_VERSION}: imported from ${_distbuild_package}")
elseif(DISTBUILD_REFERENCE STREQUAL "package")
  # When all targets are there.
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _distbuild_refer)
  message(STATUS "DistBuild ${DISTBUILD_VERSION}: referred to as a NuGet package")
else()
  message(FATAL_ERROR "DISTBUILD_REFERENCE is '${DISTBUILD_REFERENCE}'. Say import or package.")
endif()
